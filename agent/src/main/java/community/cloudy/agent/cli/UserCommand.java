package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manages the people the node knows by itself. */
@Command(
    name = "user",
    description = "Manages the people the node knows by itself, without a directory.",
    synopsisSubcommandLabel = "list|add|passwd|lock|unlock|remove")
final class UserCommand implements Runnable {
  private static final String PATH = "/v1/users";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  UserCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: cloudy user list, add, passwd, lock, unlock or remove");
  }

  @Command(name = "list", description = "Lists them.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "ROLE", "STATE", "CREATED");
    for (JsonNode user : answer.path("users")) {
      table.add(
          user.path("name").asText(),
          user.path("role").asText(),
          user.path("locked").asBoolean() ? "locked" : "active",
          user.path("created").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "add", description = "Adds somebody.")
  void add(
      @Parameters(paramLabel = "NAME", description = "By which they log in.") String name,
      @Option(
              names = "--role",
              paramLabel = "viewer|operator|admin",
              defaultValue = "viewer",
              description = "What they may do (default: ${DEFAULT-VALUE}).")
          String role,
      @Mixin PasswordSource password) {
    ObjectNode body =
        Json.object().put("name", name).put("role", role).put("password", password.choose(cloudy));
    cloudy.print(cloudy.client().post(PATH, body), "Added " + name + ", " + role + ".");
  }

  @Command(name = "passwd", description = "Gives somebody another password and logs them out.")
  void passwd(
      @Parameters(paramLabel = "NAME", description = "Whom.") String name,
      @Mixin PasswordSource password) {
    ObjectNode body = Json.object().put("password", password.choose(cloudy));
    cloudy.print(
        cloudy.client().put(path(name) + "/password", body),
        name + " has another password, and is logged out everywhere.");
  }

  @Command(name = "lock", description = "Keeps somebody out, and logs them out.")
  void lock(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    lock(name, true, " is locked out.");
  }

  @Command(name = "unlock", description = "Lets somebody in again.")
  void unlock(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    lock(name, false, " may log in again.");
  }

  private void lock(String name, boolean locked, String done) {
    ObjectNode body = Json.object().put("locked", locked);
    cloudy.print(cloudy.client().put(path(name) + "/locked", body), name + done);
  }

  @Command(name = "remove", description = "Removes somebody with their sessions and tokens.")
  void remove(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    cloudy.print(cloudy.client().delete(path(name)), name + " is gone.");
  }

  private static String path(String name) {
    return new RequestPath(PATH).at(name).toString();
  }
}
