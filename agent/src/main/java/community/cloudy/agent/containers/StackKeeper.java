package community.cloudy.agent.containers;

import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineEvent;
import community.cloudy.containers.engine.EngineListener;
import community.cloudy.containers.engine.EngineStatus;
import community.cloudy.containers.stacks.Stacks;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Brings stacks back to what they should be whenever the engine can be reached again. */
final class StackKeeper implements EngineListener, AutoCloseable {
  private final Stacks stacks;
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

  StackKeeper(Engine engine, Stacks stacks) {
    this.stacks = stacks;
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
      thread.execute(stacks::restore);
    }
  }

  /** Stops listening; what is being restored is ended by the next start. */
  @Override
  public void close() {
    leave.run();
    thread.shutdownNow();
  }
}
