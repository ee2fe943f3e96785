package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Directory;
import community.cloudy.auth.LdapStep;
import community.cloudy.auth.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the directory for somebody, and tells each step. */
final class LdapEndpoint {
  private final Optional<Directory> directory;
  private final Blocking blocking;

  LdapEndpoint(Optional<Directory> directory, Blocking blocking) {
    this.directory = directory;
    this.blocking = blocking;
  }

  CompletableFuture<Reply> test(Call call) {
    String user = call.body().text("user");
    Optional<Secret> password =
        call.body().has("password")
            ? Optional.of(call.body().secret("password"))
            : Optional.empty();
    call.body().end();
    Directory asked =
        directory.orElseThrow(
            () ->
                new ApiException(
                    ProblemCode.NOT_FOUND,
                    "There is no directory: auth.ldap names no servers. Name one, and restart."));
    return blocking.run(() -> json(asked.test(user, password)));
  }

  private static Reply json(List<LdapStep> steps) {
    ObjectNode json =
        Json.object().put("ok", !steps.isEmpty() && steps.stream().allMatch(LdapStep::ok));
    ArrayNode list = json.putArray("steps");
    for (LdapStep step : steps) {
      list.addObject()
          .put("server", step.server())
          .put("step", step.kind().name().toLowerCase(Locale.ROOT))
          .put("ok", step.ok())
          .put("took_ms", step.took().toMillis())
          .put("detail", step.detail())
          .put("remedy", step.remedy());
    }
    return Reply.json(json);
  }
}
