package community.cloudy.agent.containers;

import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineEvent;
import community.cloudy.containers.engine.EngineListener;
import community.cloudy.containers.engine.EngineStatus;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stacks and containers back to what they should be whenever the engine can be reached
 * again.
 */
final class StackKeeper implements EngineListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StackKeeper.class);

  private final List<Runnable> works;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(1),
          work -> {
            Thread keeper = new Thread(work, "stacks");
            keeper.setDaemon(true);
            return keeper;
          },
          // One that waits does for all that came meanwhile.
          new ThreadPoolExecutor.DiscardPolicy());

  private final Runnable leave;

  /** Has {@code works} done, one after the other. */
  StackKeeper(Engine engine, List<Runnable> works) {
    this.works = works;
    thread.allowCoreThreadTimeOut(true);
    leave = engine.listen(this);
  }

  @Override
  public void event(EngineEvent event) {
    // What containers do by themselves is for the engine's restart policies.
  }

  @Override
  public void status(EngineStatus status) {
    if (status instanceof EngineStatus.Ok) {
      thread.execute(this::restore);
    }
  }

  private void restore() {
    for (Runnable work : works) {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.warn("Could not bring back all that should be: {}", e.getMessage());
      }
    }
  }

  /** Stops listening; what is being restored is ended by the next start. */
  @Override
  public void close() {
    leave.run();
    thread.shutdownNow();
  }
}
