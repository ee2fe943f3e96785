package community.cloudy.agent.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers that are dear to make and often asked for: good for a second, as their ages are told in
 * seconds, and only until something changes. Thread-safe.
 */
final class Recent {
  private static final Duration GOOD = Duration.ofSeconds(1);
  private static final int MAX = 4;
  private static final int MAX_BYTES = 1 << 20;

  private final InstantSource clock;
  private final Map<Object, Made> made = new LinkedHashMap<>();
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
      if (last != null && Duration.between(last.at, now).abs().compareTo(GOOD) < 0) {
        return last.reply;
      }
      before = changes;
    }
    Reply reply = maker.get();
    synchronized (this) {
      if (before == changes && reply.body().length() <= MAX_BYTES) {
        made.remove(key);
        made.put(key, new Made(reply, now));
        if (made.size() > MAX) {
          made.remove(made.keySet().iterator().next());
        }
      }
    }
    return reply;
  }
}
