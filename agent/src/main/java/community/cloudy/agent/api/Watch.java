package community.cloudy.agent.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Tags answers with a hash of their content, and lets a caller who has the present content wait for
 * another. Nobody who waits holds a thread.
 */
final class Watch {
  private static final int MAX_WAITING = 64;

  private final Executor executor;
  private final Set<Waiter<?>> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean checking = new AtomicBoolean();

  /** Looks again, on {@code executor}, whenever {@link #changed} is called. */
  Watch(Executor executor) {
    this.executor = executor;
  }

  /**
   * Answers what {@code render} says: at once if it is not what the caller knows, else when it
   * changes, or with "not modified" after {@code wait}.
   */
  CompletableFuture<Reply> answer(
      Supplier<Reply> render, Optional<String> knownEtag, Duration wait) {
    return until(
        () -> tagged(render.get()),
        reply -> knownEtag.isEmpty() || !matches(knownEtag.get(), reply),
        Reply::notModified,
        wait);
  }

  /**
   * Finds what {@code look} sees, as soon as that is news; after {@code wait}, what {@code
   * otherwise} makes of what was seen first.
   */
  <T> CompletableFuture<T> until(
      Supplier<T> look, Predicate<T> news, UnaryOperator<T> otherwise, Duration wait) {
    T now = look.get();
    if (news.test(now)) {
      return CompletableFuture.completedFuture(now);
    }
    if (wait.isZero()) {
      return CompletableFuture.completedFuture(otherwise.apply(now));
    }
    if (waiting.size() >= MAX_WAITING) {
      throw new ApiException(
          ProblemCode.BUSY, "Already " + MAX_WAITING + " wait for a change. Try again later.");
    }
    Waiter<T> waiter = new Waiter<>(look, news, new CompletableFuture<>());
    waiting.add(waiter);
    // It may have changed between the first look and being listed.
    waiter.look();
    return waiter
        .found
        .completeOnTimeout(otherwise.apply(now), wait.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((found, failure) -> waiting.remove(waiter));
  }

  /** Says that something may have changed; returns at once. Many calls cost one look. */
  void changed() {
    if (!waiting.isEmpty() && checking.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            checking.set(false);
            waiting.forEach(Waiter::look);
          });
    }
  }

  /** Answers everyone who waits, so that the server can stop. */
  void close() {
    waiting.forEach(Waiter::giveUp);
  }

  int waiting() {
    return waiting.size();
  }

  /** Tells whether an answer's tag is among {@code etags}, weak or not. */
  static boolean matches(String etags, Reply reply) {
    return etags.strip().equals("*") || reply.etag().map(etags::contains).orElse(false);
  }

  /** Returns the answer with a tag: its own, or a hash of its content. */
  static Reply tagged(Reply reply) {
    return reply.etag().isPresent() ? reply : reply.with("ETag", tag(reply.body().array()));
  }

  /** Returns the tag of a content. */
  static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  private record Waiter<T>(Supplier<T> sight, Predicate<T> news, CompletableFuture<T> found) {
    void look() {
      T now = sight.get();
      if (news.test(now)) {
        found.complete(now);
      }
    }

    void giveUp() {
      found.complete(sight.get());
    }
  }
}
