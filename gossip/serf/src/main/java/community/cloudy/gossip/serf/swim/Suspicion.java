package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The countdown from suspicion to death, shortened by each independent accuser (Lifeguard,
 * specification A12).
 */
final class Suspicion {
  private final Scheduler scheduler;
  private final int wanted;
  private final long min;
  private final long max;
  private final long lead;
  private final long start;
  private final Runnable expired;
  private final Set<Bytes> accusers = new HashSet<>();
  private int confirmations;
  private boolean excused;
  private long due;
  private Scheduler.Timer timer;

  /**
   * Starts the countdown.
   *
   * @param wanted confirmations that shorten it to {@code min}; below 1 it starts there
   * @param lead how long before the end {@code expired} runs; a timer later than this says that it
   *     is we who stalled
   */
  Suspicion(
      Scheduler scheduler,
      Bytes accuser,
      int wanted,
      long min,
      long max,
      long lead,
      Runnable expired) {
    this.scheduler = scheduler;
    this.wanted = wanted;
    this.min = min;
    this.max = max;
    this.lead = lead;
    this.expired = expired;
    start = scheduler.nanoTime();
    accusers.add(accuser);
    long timeout = wanted < 1 ? min : max;
    due = start + timeout - lead;
    timer = scheduler.schedule(timeout - lead, this::fire);
  }

  /** Returns whether {@code accuser} was new and still needed. */
  boolean confirm(Bytes accuser) {
    if (confirmations >= wanted || !accusers.add(accuser)) {
      return false;
    }
    confirmations++;
    timer.cancel();
    long left = remaining(confirmations, wanted, scheduler.nanoTime() - start, min, max) - lead;
    due = scheduler.nanoTime() + Math.max(0, left);
    timer = scheduler.schedule(left, this::fire);
    return true;
  }

  void cancel() {
    timer.cancel();
  }

  /**
   * What refutes the suspicion may wait unread behind our own stall, so a late timer waits once
   * more.
   */
  private void fire() {
    if (!excused && scheduler.nanoTime() - due > lead) {
      excused = true;
      due = scheduler.nanoTime() + lead;
      timer = scheduler.schedule(lead, this::fire);
    } else {
      expired.run();
    }
  }

  /** Returns what is left of the countdown; not positive means now. */
  static long remaining(int confirmations, int wanted, long elapsed, long min, long max) {
    double share = wanted < 1 ? 1 : Math.log(confirmations + 1.0) / Math.log(wanted + 1.0);
    double total = max - share * (max - min);
    long floored = TimeUnit.MILLISECONDS.toNanos((long) Math.floor(total / 1e6));
    return Math.max(floored, min) - elapsed;
  }

  /** Returns the shortest suspicion in a community of {@code members}. */
  static long shortest(int mult, int members, long probeInterval) {
    double scale = Math.max(1, Math.log10(Math.max(1, members)));
    return mult * (long) (scale * 1000) * probeInterval / 1000;
  }
}
