package community.cloudy.gossip.discovery;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Numbers that only grow, over restarts too: reserved a thousand at a time, so that a file need not
 * be written for each. On the event loop.
 */
final class Sequences implements LongSupplier {
  /** How many are reserved at once. */
  static final int RESERVE = 1000;

  /** How many are left when more are reserved: enough for the time a file takes. */
  private static final int LOW = 200;

  private final LongConsumer reserve;
  private long last;
  private long reserved;

  /**
   * Begins after {@code used}, of which {@link #RESERVE} are reserved already; {@code reserve} is
   * told each new limit before it is reached.
   */
  Sequences(long used, LongConsumer reserve) {
    this.reserve = reserve;
    last = used;
    reserved = used + RESERVE;
  }

  @Override
  public long getAsLong() {
    last++;
    if (reserved - last < LOW) {
      reserved = last + RESERVE;
      reserve.accept(reserved);
    }
    return last;
  }
}
