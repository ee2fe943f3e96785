package community.cloudy.gossip.serf.rpc;

import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.transport.Scheduler;

/** Runs an action once events pause for 1 s, 3 s after the first at the latest (B6). */
final class CoalesceWindow {
  private static final long PERIOD = SECONDS.toNanos(3);
  private static final long QUIESCENT = SECONDS.toNanos(1);

  private final Scheduler scheduler;
  private final Runnable flush;
  private boolean open;
  private long first;
  private long last;

  CoalesceWindow(Scheduler scheduler, Runnable flush) {
    this.scheduler = scheduler;
    this.flush = flush;
  }

  /** Says that an event came. */
  void touch() {
    last = scheduler.nanoTime();
    if (!open) {
      open = true;
      first = last;
      scheduler.schedule(QUIESCENT, this::look);
    }
  }

  private void look() {
    long now = scheduler.nanoTime();
    long left = Math.min(last + QUIESCENT - now, first + PERIOD - now);
    if (left > 0) {
      scheduler.schedule(left, this::look);
    } else {
      open = false;
      flush.run();
    }
  }
}
