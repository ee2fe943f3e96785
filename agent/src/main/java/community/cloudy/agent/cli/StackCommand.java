package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps Compose projects. */
@Command(
    name = "stack",
    description = "Keeps stacks: Compose projects on this node.",
    synopsisSubcommandLabel = "COMMAND")
final class StackCommand implements Runnable {
  static final String PATH = "/v1/stacks";
  private static final String NO_BACKUP = "Does not save its data before.";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  StackCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy stack ls, for one");
  }

  private static String path(String name) {
    return new RequestPath(PATH).at(name).toString();
  }

  @Command(name = "ls", description = "Lists the stacks, those that others made too.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "STATE", "DESIRED", "VERSION", "APP", "FOLDER", "NOTE");
    for (JsonNode stack : answer.path("stacks")) {
      table.add(
          stack.path("name").asText(),
          stack.path("state").asText(),
          stack.path("desired").asText(),
          stack.path("version").asText(),
          app(stack.path("app")),
          stack.path("folder").asText(),
          note(stack));
    }
    table.print(cloudy.out());
  }

  private static String app(JsonNode app) {
    String newest = app.has("newest") ? ", " + app.path("newest").asText() + " available" : "";
    return (app.path("id").asText() + " " + app.path("version").asText()).strip() + newest;
  }

  private static String note(JsonNode stack) {
    if (!stack.path("managed").asBoolean()) {
      return "made by others; adopt it to manage it here";
    }
    String problem = stack.path("problem").asText();
    String changed = stack.path("changed").asBoolean() ? "changed by hand; apply it" : "";
    return problem.isEmpty() ? changed : problem;
  }

  @Command(name = "show", description = "Shows the services of a stack.")
  void show(@Parameters(paramLabel = "NAME") String name) {
    JsonNode stack = cloudy.client().get(path(name));
    if (cloudy.wantsJson()) {
      cloudy.printJson(stack);
      return;
    }
    Table table = new Table("SERVICE", "STATE", "CONTAINER", "IMAGE", "STATUS");
    for (JsonNode service : stack.path("services")) {
      JsonNode container = service.path("containers").path(0);
      table.add(
          service.path("name").asText(),
          service.path("state").asText(),
          container.path("name").asText(),
          container.path("image").asText(),
          container.path("status").asText());
    }
    table.print(cloudy.out());
    if (!note(stack).isEmpty()) {
      cloudy.err().println(Printable.of(note(stack)));
    }
  }

  @Command(name = "create", description = "Makes a stack of a Compose file and brings it up.")
  void create(@Parameters(paramLabel = "NAME") String name, @Mixin StackFileOptions files) {
    ObjectNode body = files.read(cloudy.in()).put("name", name);
    follow(cloudy.client().post(PATH, body), "The stack " + name + " is up.");
  }

  @Command(
      name = "update",
      description =
          "Changes a stack's files. The version before comes back if it does not become well.")
  void update(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin StackFileOptions files,
      @Option(names = "--no-backup", description = NO_BACKUP) boolean noBackup) {
    ObjectNode body = files.read(cloudy.in()).put("backup", !noBackup);
    JsonNode answer = cloudy.client().put(path(name), body);
    follow(answer, "The stack " + name + " is changed.");
  }

  @Command(name = "validate", description = "Says what this node's policy would refuse.")
  void validate(@Parameters(paramLabel = "NAME") String name, @Mixin StackFileOptions files) {
    JsonNode answer = cloudy.client().post(path(name) + "/validate", files.read(cloudy.in()));
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    }
    for (JsonNode refusal : answer.path("refusals")) {
      String line = refusal.path("line").asText();
      String place = refusal.path("file").asText() + (line.isEmpty() ? "" : " line " + line);
      cloudy
          .err()
          .println(
              Printable.of(
                  "%s (%s): %s. %s"
                      .formatted(
                          refusal.path("key").asText(),
                          place,
                          refusal.path("reason").asText(),
                          refusal.path("remedy").asText())));
    }
    if (!answer.path("allowed").asBoolean()) {
      throw new CliException(Cloudy.FAILED, "This stack is not allowed on this node.");
    }
  }

  @Command(name = "up", description = "Brings a stack up, and keeps it so.")
  void up(@Parameters(paramLabel = "NAME") String name) {
    act(name, "up", "The stack %s is up.");
  }

  @Command(name = "down", description = "Takes a stack down, and keeps it so. Its data stay.")
  void down(@Parameters(paramLabel = "NAME") String name) {
    act(name, "down", "The stack %s is down.");
  }

  @Command(name = "restart", description = "Stops and starts a stack's containers.")
  void restart(@Parameters(paramLabel = "NAME") String name) {
    act(name, "restart", "The stack %s runs anew.");
  }

  @Command(name = "pull", description = "Gets a stack's images anew.")
  void pull(@Parameters(paramLabel = "NAME") String name) {
    act(name, "pull", "The images of %s are here; bring it up to use them.");
  }

  @Command(name = "apply", description = "Applies what was changed by hand in a stack's folder.")
  void apply(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--no-backup", description = NO_BACKUP) boolean noBackup) {
    ObjectNode body = Json.object().put("backup", !noBackup);
    follow(
        cloudy.client().post(path(name) + "/apply", body),
        "The stack %s is as its folder says.".formatted(name));
  }

  private void act(String name, String action, String sentence) {
    JsonNode answer = cloudy.client().post(path(name) + "/" + action, Json.object());
    follow(answer, sentence.formatted(name));
  }

  @Command(name = "rollback", description = "Brings an earlier version of a stack back.")
  void rollback(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "VERSION") int version,
      @Option(names = "--no-backup", description = NO_BACKUP) boolean noBackup) {
    ObjectNode body = Json.object().put("version", version).put("backup", !noBackup);
    JsonNode answer = cloudy.client().post(path(name) + "/rollback", body);
    follow(answer, "The stack %s is at version %d again.".formatted(name, version));
  }

  @Command(name = "rm", description = "Removes a stack; its volumes and its folder are kept.")
  void remove(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--data", description = "Deletes its volumes and its folder, too.")
          boolean data) {
    String query = data ? "?data=remove" : "?data=keep";
    follow(cloudy.client().delete(path(name) + query), "The stack " + name + " is gone.");
  }

  private void follow(JsonNode answer, String sentence) {
    cloudy.print(new FollowedJob(cloudy).await(answer), sentence);
  }

  @Command(name = "logs", description = "Shows what a stack writes.")
  void logs(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--service", paramLabel = "SERVICE", description = "Only its.")
          List<String> services,
      @Option(
              names = {"-n", "--tail"},
              paramLabel = "LINES",
              defaultValue = "100",
              description = "How many of the last (default: ${DEFAULT-VALUE}).")
          int tail,
      @Option(
              names = {"-f", "--follow"},
              description = "Goes on with what it writes.")
          boolean follow) {
    RequestPath path =
        new RequestPath(path(name) + "/logs")
            .with("service", services == null ? new ArrayList<>() : services)
            .with("tail", List.of(Integer.toString(tail)));
    if (follow) {
      new FollowedLog(cloudy, StackCommand::text).show(path.toString());
      return;
    }
    JsonNode answer = cloudy.client().get(path.toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    answer.path("lines").forEach(line -> cloudy.out().println(Printable.of(text(line))));
  }

  private static String text(JsonNode line) {
    return "%s %s | %s"
        .formatted(
            line.path("at").asText(), line.path("service").asText(), line.path("text").asText());
  }

  @Command(name = "versions", description = "Lists the versions of a stack.")
  void versions(@Parameters(paramLabel = "NAME") String name) {
    JsonNode answer = cloudy.client().get(path(name) + "/versions");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("VERSION", "AT", "BY", "OUTCOME");
    for (JsonNode version : answer.path("versions")) {
      table.add(
          version.path("version").asText(),
          version.path("at").asText(),
          version.path("by").asText(),
          version.path("outcome").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "adopt", description = "Takes over a stack that others made.")
  void adopt(@Parameters(paramLabel = "NAME") String name) {
    JsonNode answer = cloudy.client().post(path(name) + "/adopt", Json.object());
    cloudy.print(
        answer, "The stack %s is this node's; apply its files to add limits.".formatted(name));
  }

  @Command(name = "exceptions", description = "Lists what an admin allowed a stack.")
  void exceptions(@Parameters(paramLabel = "NAME") String name) {
    printExceptions(cloudy.client().get(path(name) + "/exceptions"));
  }

  @Command(
      name = "grant",
      description = "Allows a stack what the policy refuses, such as device:/dev/ttyUSB0.")
  void grant(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "EXCEPTION") String exception) {
    ObjectNode body = Json.object().put("exception", exception);
    printExceptions(cloudy.client().post(path(name) + "/exceptions", body));
  }

  @Command(name = "revoke", description = "Takes an exception back.")
  void revoke(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "EXCEPTION") String exception) {
    RequestPath path =
        new RequestPath(path(name) + "/exceptions").with("exception", List.of(exception));
    printExceptions(cloudy.client().delete(path.toString()));
  }

  private void printExceptions(JsonNode answer) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("EXCEPTION", "BY", "AT");
    for (JsonNode granted : answer.path("exceptions")) {
      table.add(
          granted.path("exception").asText(),
          granted.path("by").asText(),
          granted.path("at").asText());
    }
    table.print(cloudy.out());
  }
}
