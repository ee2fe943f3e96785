package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes, lists and ends tokens: everybody their own, admins all. */
final class TokensEndpoint {
  private static final int DAYS = 90;
  private static final int MOST_DAYS = 366;

  private final Tokens tokens;
  private final InstantSource clock;

  TokensEndpoint(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  CompletableFuture<Reply> list(Call call) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("tokens");
    tokens.list().stream()
        .filter(token -> sees(call.caller().known(), token.owner()))
        .forEach(token -> list.add(json(token)));
    return CompletableFuture.completedFuture(Reply.json(json));
  }

  private static boolean sees(Person person, String owner) {
    return person.role() == Role.ADMIN || person.login().equals(owner);
  }

  private ObjectNode json(Tokens.Token token) {
    ObjectNode json =
        Json.object()
            .put("owner", token.owner())
            .put("name", token.name())
            .put("role", token.role().word())
            .put("created", token.created().toString())
            .put("expires", token.expires().toString())
            .put("expired", !clock.instant().isBefore(token.expires()));
    token.used().ifPresent(used -> json.put("used", used.toString()));
    return json;
  }

  /** Makes one; what it is known by is in this one answer. */
  CompletableFuture<Reply> create(Call call) {
    Person owner = call.caller().known();
    Body body = call.body();
    String name = body.text("name");
    Role role =
        body.has("role")
            ? body.made("role", () -> Role.parse(body.text("role"))).orElse(owner.role())
            : owner.role();
    int days = body.number("days", 1, MOST_DAYS, DAYS);
    body.end();
    Secret secret = tokens.create(owner, name, role, Optional.of(Duration.ofDays(days)));
    Tokens.Token made =
        tokens.list().stream()
            .filter(token -> token.owner().equals(owner.login()) && token.name().equals(name))
            .findFirst()
            .orElseThrow();
    return CompletableFuture.completedFuture(
        Reply.json(json(made).put("token", secret.revealText())));
  }

  CompletableFuture<Reply> revoke(Call call) {
    String owner = call.at("owner");
    String name = call.at("name");
    if (!sees(call.caller().known(), owner)) {
      throw new ApiException(
          ProblemCode.NOT_FOUND,
          "Could not revoke the token: there is no such one. List the tokens.");
    }
    tokens.revoke(owner, name);
    return CompletableFuture.completedFuture(
        Reply.json(Json.object().put("owner", owner).put("name", name)));
  }
}
