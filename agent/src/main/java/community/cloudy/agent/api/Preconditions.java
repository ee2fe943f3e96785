package community.cloudy.agent.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Conditional requests (RFC 9110, section 13): nobody is sent what they have, and nobody changes
 * what they have not seen. Where ages and the like are left out of an answer's tag, it is a weak
 * one; those count for {@code If-Match}, too, as what can be changed is never left out.
 */
final class Preconditions {
  private final Routes routes;

  Preconditions(Routes routes) {
    this.routes = routes;
  }

  /** Tags an answer with a hash of its content; leaves the content out for who has it. */
  Answer unlessKnown(Answer answer, HttpFields headers) {
    if (!(answer instanceof Reply reply) || reply.status() != 200) {
      return answer;
    }
    Reply tagged = Watch.tagged(reply);
    String known = headers.get(HttpHeader.IF_NONE_MATCH);
    return known != null && Watch.matches(known, tagged) ? tagged.notModified() : tagged;
  }

  /**
   * Checks that what is to be changed is still what the caller saw.
   *
   * @return fails with an {@link ApiException} if not
   */
  CompletableFuture<Void> check(Call call, String path, HttpFields headers) {
    String wanted = headers.get(HttpHeader.IF_MATCH);
    if (wanted == null) {
      return CompletableFuture.completedFuture(null);
    }
    Routes.Found found;
    try {
      found = routes.find("GET", path);
    } catch (Routes.MethodNotAllowed e) {
      throw new ApiException(
          ProblemCode.BAD_REQUEST, "Nothing here has an ETag that If-Match could be about.");
    }
    return found
        .route()
        .endpoint()
        .answer(look(call, found))
        .thenAccept(answer -> demand(answer, wanted));
  }

  private static Call look(Call call, Routes.Found found) {
    return new Call(
        call.caller(),
        found.path(),
        new Query(Map.of(), found.route().parameters()),
        new Body(new byte[0]),
        Optional.empty(),
        false,
        Optional.empty(),
        call.language());
  }

  private static void demand(Answer answer, String wanted) {
    if (!(answer instanceof Reply reply) || !Watch.matches(wanted, Watch.tagged(reply))) {
      throw new ApiException(
          ProblemCode.CHANGED,
          "Somebody else has changed this since. Read it again, then decide again.");
    }
  }
}
