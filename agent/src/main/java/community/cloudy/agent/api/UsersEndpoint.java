package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.people.FirstAdmin;
import community.cloudy.agent.people.People;
import community.cloudy.auth.LocalUsers.LocalUser;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Manages the people the node knows by itself. Who is changed is logged out. */
final class UsersEndpoint {
  private final People people;
  private final Blocking blocking;

  UsersEndpoint(People people, Blocking blocking) {
    this.people = people;
    this.blocking = blocking;
  }

  CompletableFuture<Reply> list(Call call) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("users");
    people.users().list().forEach(user -> list.add(json(user)));
    return CompletableFuture.completedFuture(Reply.json(json));
  }

  CompletableFuture<Reply> add(Call call) {
    Body body = call.body();
    String name = body.text("name");
    Optional<Role> role = body.made("role", () -> Role.parse(body.text("role")));
    Secret password = body.secret("password");
    body.end();
    return blocking.run(
        () -> {
          people.users().add(name, role.orElseThrow(), password);
          return one(name);
        });
  }

  CompletableFuture<Reply> passwd(Call call) {
    String name = call.at("name");
    Secret password = call.body().secret("password");
    call.body().end();
    return blocking.run(
        () -> {
          people.users().passwd(name, password);
          people.sessions().closeAll(name);
          FirstAdmin.forget(people, name);
          return one(name);
        });
  }

  CompletableFuture<Reply> lock(Call call) {
    String name = call.at("name");
    boolean locked = call.body().demandedFlag("locked");
    call.body().end();
    if (locked) {
      people.users().lock(name);
      people.sessions().closeAll(name);
    } else {
      people.users().unlock(name);
    }
    return CompletableFuture.completedFuture(one(name));
  }

  CompletableFuture<Reply> remove(Call call) {
    String name = call.at("name");
    people.users().remove(name);
    people.sessions().closeAll(name);
    people.tokens().revokeAll(name);
    FirstAdmin.forget(people, name);
    return CompletableFuture.completedFuture(Reply.json(Json.object().put("name", name)));
  }

  private Reply one(String name) {
    return people.users().list().stream()
        .filter(user -> user.name().equals(name))
        .findFirst()
        .map(user -> Reply.json(json(user)))
        .orElseThrow(() -> new ApiException(ProblemCode.NOT_FOUND, "The user is gone again."));
  }

  private static ObjectNode json(LocalUser user) {
    return Json.object()
        .put("name", user.name())
        .put("role", user.role().word())
        .put("locked", user.locked())
        .put("created", user.created().toString());
  }
}
