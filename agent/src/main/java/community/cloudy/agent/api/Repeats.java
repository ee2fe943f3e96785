package community.cloudy.agent.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers a request that is sent again, because its answer was lost, as it was answered at first,
 * and does nothing twice (draft-ietf-httpapi-idempotency-key-header-07). Remembers the last
 * answers, for an hour, in memory. Thread-safe.
 */
final class Repeats {
  static final String HEADER = "Idempotency-Key";

  private static final int KEPT = 256;
  private static final int MAX_KEY = 128;
  private static final int MAX_ANSWER = 64 * 1024;
  private static final Duration AGE = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<Key, First> firsts = new Newest<>(KEPT);

  Repeats(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String login, String method, String path, String text) {}

  private record First(String content, Instant at, CompletableFuture<Answer> answer) {}

  /**
   * Does {@code work}, unless the caller had it done under this key already.
   *
   * @param text the header
   * @param content what the request carries
   * @throws ApiException if the key is not one, stands for another content, or its work goes on
   */
  CompletableFuture<Answer> once(
      Caller caller,
      Route route,
      String path,
      String text,
      byte[] content,
      Supplier<CompletableFuture<Answer>> work) {
    Key key = new Key(caller.known().login(), route.method(), path, checked(text));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    synchronized (firsts) {
      First first = firsts.get(key);
      if (first != null && first.at.plus(AGE).isAfter(clock.instant())) {
        return replayed(first, Watch.tag(content));
      }
      firsts.remove(key);
      firsts.put(key, new First(Watch.tag(content), clock.instant(), answer));
    }
    var unused =
        work.get()
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    forget(key, answer);
                    answer.completeExceptionally(failure);
                  } else {
                    if (!isKept(found)) {
                      forget(key, answer);
                    }
                    answer.complete(found);
                  }
                });
    return answer;
  }

  private static String checked(String text) {
    String key = text.replaceAll("^\"|\"$", "");
    if (!key.matches("[!-~]{1," + MAX_KEY + "}")) {
      throw new ApiException(
          ProblemCode.BAD_REQUEST,
          HEADER + " must be 1 to " + MAX_KEY + " visible ASCII characters.");
    }
    return key;
  }

  private static CompletableFuture<Answer> replayed(First first, String content) {
    if (!first.content.equals(content)) {
      throw new ApiException(
          ProblemCode.KEY_REUSED, "Take a new " + HEADER + " for another request.");
    }
    if (!first.answer.isDone()) {
      throw new ApiException(ProblemCode.CONFLICT, "The first such request is still being done.");
    }
    return first.answer.thenApply(
        answer -> answer instanceof Reply reply ? reply.repeated() : answer);
  }

  /** What failed may be tried again; a stream cannot be told twice. */
  private static boolean isKept(Answer answer) {
    return answer instanceof Reply reply
        && reply.status() < 400
        && reply.body().length() <= MAX_ANSWER;
  }

  private void forget(Key key, CompletableFuture<Answer> answer) {
    synchronized (firsts) {
      First first = firsts.get(key);
      if (first != null && first.answer == answer) {
        firsts.remove(key);
      }
    }
  }
}
