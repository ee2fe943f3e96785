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
import java.util.function.Supplier;

/**
 * Tags answers with a hash of their content, and lets a caller who has the present content wait for
 * another. Nobody who waits holds a thread.
 */
final class Watch {
  private static final int MAX_WAITING = 64;

  private final Executor executor;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
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
    Reply now = tagged(render.get());
    if (knownEtag.isEmpty() || !matches(knownEtag.get(), now)) {
      return CompletableFuture.completedFuture(now);
    }
    if (wait.isZero()) {
      return CompletableFuture.completedFuture(now.notModified());
    }
    if (waiting.size() >= MAX_WAITING) {
      throw new ApiException(
          ProblemCode.BUSY, "Already " + MAX_WAITING + " wait for a change. Try again later.");
    }
    Waiter waiter = new Waiter(render, knownEtag.get(), new CompletableFuture<>());
    waiting.add(waiter);
    // It may have changed between the first look and being listed.
    waiter.look();
    return waiter
        .reply
        .completeOnTimeout(now.notModified(), wait.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> waiting.remove(waiter));
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

  private static boolean matches(String etags, Reply reply) {
    return etags.strip().equals("*") || reply.etag().map(etags::contains).orElse(false);
  }

  private static Reply tagged(Reply reply) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(reply.body().array());
      return reply.with("ETag", '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  private record Waiter(Supplier<Reply> render, String etags, CompletableFuture<Reply> reply) {
    void look() {
      Reply now = tagged(render.get());
      if (!matches(etags, now)) {
        reply.complete(now);
      }
    }

    void giveUp() {
      reply.complete(tagged(render.get()));
    }
  }
}
