package community.cloudy.agent.containers;

import community.cloudy.containers.engine.EngineEvent;
import community.cloudy.containers.engine.EngineListener;
import community.cloudy.containers.engine.EngineStatus;
import community.cloudy.containers.stacks.Stacks;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back the stacks that should be up, once the engine can be used after a start. */
final class Restoration implements EngineListener {
  private static final Logger log = LoggerFactory.getLogger(Restoration.class);

  private final Stacks stacks;
  private final AtomicBoolean begun = new AtomicBoolean();

  Restoration(Stacks stacks) {
    this.stacks = stacks;
  }

  @Override
  public void event(EngineEvent event) {}

  @Override
  public void status(EngineStatus status) {
    if (status instanceof EngineStatus.Ok && begun.compareAndSet(false, true)) {
      Thread thread = new Thread(this::restore, "stacks-restore");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void restore() {
    try {
      stacks.restore();
    } catch (RuntimeException e) {
      log.error("Could not bring back the stacks", e);
    }
  }
}
