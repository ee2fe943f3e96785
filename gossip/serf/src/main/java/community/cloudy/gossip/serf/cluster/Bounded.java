package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A continuation that runs once: when what it waits for is done, or when that takes too long. */
final class Bounded implements Runnable {
  private @Nullable Runnable then;

  private Bounded(Runnable then) {
    this.then = then;
  }

  /** Starts {@code task}, which gets what to run when it is done; {@code then} follows. */
  static void run(Scheduler scheduler, long timeout, Consumer<Runnable> task, Runnable then) {
    Bounded bounded = new Bounded(then);
    scheduler.schedule(timeout, bounded);
    task.accept(bounded);
  }

  @Override
  public void run() {
    Runnable once = then;
    then = null;
    if (once != null) {
      once.run();
    }
  }
}
