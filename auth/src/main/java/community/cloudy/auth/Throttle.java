package community.cloudy.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who guesses passwords: after some failed attempts each further one must wait twice as
 * long as the one before, for the account and for the address (IPv6: for the /64, since one host
 * has as many addresses there as it likes). An attempt counts as failed until it succeeds, so a
 * thousand at once get no further than one after the other. An hour without attempts forgets.
 * Thread-safe.
 */
public final class Throttle {
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int MAX_KEYS = 4096;
  private static final int IPV6_NETWORK_BYTES = 8;

  // An account's longest wait is short, as anybody can make its owner wait; an address's is long.
  private final Counters accounts = new Counters(5, Duration.ofMinutes(1));
  private final Counters addresses = new Counters(20, Duration.ofMinutes(15));
  private final HighWater clock;

  /** Starts without any failures. */
  public Throttle(InstantSource clock) {
    this.clock = new HighWater(clock);
  }

  /** Returns zero and counts an attempt, or returns how long to wait before one and counts none. */
  synchronized Duration admit(String account, Optional<InetAddress> from) {
    Instant now = clock.now();
    Duration wait = accounts.wait(account, now);
    Duration other = from.map(address -> addresses.wait(key(address), now)).orElse(Duration.ZERO);
    if (other.compareTo(wait) > 0) {
      wait = other;
    }
    if (wait.isZero()) {
      accounts.count(account, now);
      from.ifPresent(address -> addresses.count(key(address), now));
    }
    return wait;
  }

  /** Takes back an attempt that turned out right, and the account's failures before it. */
  synchronized void succeeded(String account, Optional<InetAddress> from) {
    accounts.forget(account);
    from.ifPresent(address -> addresses.takeBack(key(address)));
  }

  /** Takes back an attempt that nobody could judge. */
  synchronized void forgive(String account, Optional<InetAddress> from) {
    accounts.takeBack(account);
    from.ifPresent(address -> addresses.takeBack(key(address)));
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }

  /**
   * Attempts of one account or address.
   *
   * @param attempts not taken back
   * @param last when the last one began
   */
  private record Count(int attempts, Instant last) {}

  private static final class Counters {
    private final int free;
    private final Duration longest;
    private final Map<String, Count> counts =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MAX_KEYS;
          }
        };

    Counters(int free, Duration longest) {
      this.free = free;
      this.longest = longest;
    }

    Duration wait(String key, Instant now) {
      Count count = current(key, now);
      Duration left = delay(count.attempts()).minus(Duration.between(count.last(), now));
      return left.isNegative() ? Duration.ZERO : left;
    }

    void count(String key, Instant now) {
      int attempts = current(key, now).attempts() + 1;
      counts.remove(key);
      counts.put(key, new Count(attempts, now));
    }

    void takeBack(String key) {
      counts.computeIfPresent(
          key, (k, count) -> new Count(Math.max(0, count.attempts() - 1), count.last()));
    }

    void forget(String key) {
      counts.remove(key);
    }

    private Count current(String key, Instant now) {
      Count count = counts.getOrDefault(key, new Count(0, now));
      boolean old = Duration.between(count.last(), now).compareTo(FORGOTTEN) > 0;
      return old ? new Count(0, now) : count;
    }

    private Duration delay(int attempts) {
      if (attempts < free) {
        return Duration.ZERO;
      }
      Duration delay = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - free, 20));
      return delay.compareTo(longest) > 0 ? longest : delay;
    }
  }
}
