package community.cloudy.agent.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers that are dear to make and often asked for: good for a second, as their ages are told in
 * seconds, for a little longer while the next one is being made, and only until something changes.
 * Thread-safe.
 */
final class Recent {
  private static final Duration GOOD = Duration.ofSeconds(1);
  private static final Duration GOOD_MEANWHILE = GOOD.multipliedBy(3);
  private static final int MAX = 4;
  private static final int MAX_BYTES = 1 << 20;

  private final InstantSource clock;
  private final Map<Object, Made> made = new Newest<>(MAX);
  private final Set<Object> making = new HashSet<>();
  private long changes;

  Recent(InstantSource clock) {
    this.clock = clock;
  }

  private record Made(Reply reply, Instant at) {}

  /** Forgets all, because something has changed. */
  synchronized void changed() {
    changes++;
    made.clear();
  }

  /** Returns the answer to the question {@code key}: one just made, or what {@code maker} makes. */
  Reply answer(Object key, Supplier<Reply> maker) {
    Instant now = clock.instant();
    long before;
    synchronized (this) {
      Made last = made.get(key);
      if (last != null && isGood(last, now, making.contains(key))) {
        return last.reply;
      }
      making.add(key);
      before = changes;
    }
    try {
      Reply reply = maker.get();
      keep(key, new Made(reply, now), before);
      return reply;
    } finally {
      synchronized (this) {
        making.remove(key);
      }
    }
  }

  private static boolean isGood(Made last, Instant now, boolean isBeingMade) {
    Duration age = Duration.between(last.at, now).abs();
    return age.compareTo(isBeingMade ? GOOD_MEANWHILE : GOOD) < 0;
  }

  private synchronized void keep(Object key, Made latest, long before) {
    if (before == changes && latest.reply.body().length() <= MAX_BYTES) {
      made.remove(key);
      made.put(key, latest);
    }
  }
}
