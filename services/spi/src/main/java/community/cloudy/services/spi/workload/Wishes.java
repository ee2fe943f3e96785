package community.cloudy.services.spi.workload;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.Workload.Phase;
import community.cloudy.services.spi.Workload.State;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What others want of a workload, and what they may see of it: all that its thread shares with
 * them, under this object's lock.
 */
final class Wishes {
  private boolean wanted;
  private boolean again;
  private boolean closed;
  private boolean woken;
  private long looksWanted;
  private long looksDone;
  private int ends;
  private State state;

  Wishes(Instant now) {
    state = new State(Phase.STOPPED, Health.unchecked(), now, OptionalLong.empty(), 0);
  }

  synchronized void want(boolean run) {
    wanted = run;
    notifyAll();
  }

  synchronized void wantAgain() {
    wanted = true;
    again = true;
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Says that the workload may have ended. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  synchronized boolean isWanted() {
    return wanted;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Tells whether it was to be started anew, once. */
  synchronized boolean takeAgain() {
    boolean taken = again;
    again = false;
    return taken;
  }

  synchronized State state() {
    return state;
  }

  synchronized long looksWanted() {
    return looksWanted;
  }

  synchronized void looked(long look) {
    looksDone = look;
    notifyAll();
  }

  /** Counts an end that nobody wanted. */
  synchronized void ended() {
    ends++;
  }

  /** Shows where it is now; returns what was shown before. */
  synchronized State show(Phase phase, Health health, OptionalLong pid, Instant now) {
    State before = state;
    state = new State(phase, health, phase == before.phase() ? before.since() : now, pid, ends);
    notifyAll();
    return before;
  }

  /** Waits until the thread has something to do: a wish, an end, or that {@code atMost} is over. */
  synchronized void rest(Duration atMost) throws InterruptedException {
    await(atMost, this::isCalled);
    woken = false;
  }

  private boolean isCalled() {
    boolean stopped = state.phase() == Phase.STOPPED;
    boolean asked = state.phase() == Phase.RUNNING && looksDone < looksWanted;
    return closed || again || woken || wanted == stopped || asked;
  }

  /** Waits for the phase; returns whether it came. */
  synchronized boolean awaitStopped(Duration atMost) throws InterruptedException {
    return await(atMost, () -> closed || state.phase() == Phase.STOPPED);
  }

  /** Waits until a look from now on finds that it works, or it ends; returns what is so then. */
  synchronized State awaitProof(Duration atMost) throws InterruptedException {
    looksWanted++;
    long look = looksWanted;
    int before = ends;
    notifyAll();
    await(atMost, () -> closed || ends > before || (looksDone >= look && isOk(state)));
    return state;
  }

  static boolean isOk(State state) {
    return state.health().state() == Health.State.OK;
  }

  private synchronized boolean await(Duration atMost, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
