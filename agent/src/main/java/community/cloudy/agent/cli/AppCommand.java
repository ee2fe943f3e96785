package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, installs and updates apps. */
@Command(
    name = "app",
    description = "Lists, installs and updates apps.",
    synopsisSubcommandLabel = "COMMAND")
final class AppCommand implements Runnable {
  private static final String PATH = "/v1/apps";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  AppCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy app ls, for one");
  }

  private static String language() {
    String language = Locale.getDefault().getLanguage();
    return List.of("ca", "es").contains(language) ? language : "en";
  }

  @Command(name = "ls", description = "Lists the apps that can be installed.")
  void list() {
    JsonNode answer =
        cloudy.client().get(new RequestPath(PATH).with("lang", List.of(language())).toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("ID", "CATALOGUE", "VERSION", "MEMORY", "DISK", "TITLE", "WHAT");
    for (JsonNode app : answer.path("apps")) {
      table.add(
          app.path("id").asText(),
          app.path("catalogue").asText(),
          app.path("version").asText(),
          size(app.path("memory").asLong()),
          size(app.path("disk").asLong()),
          app.path("title").asText(),
          app.path("fits").asBoolean()
              ? app.path("tagline").asText()
              : "not for this machine's architecture");
    }
    table.print(cloudy.out());
  }

  private static String size(long bytes) {
    return bytes >= 1L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
  }

  @Command(name = "show", description = "Shows an app and what it asks for.")
  void show(
      @Parameters(paramLabel = "APP") String id,
      @Option(names = "--catalogue", paramLabel = "NAME") Optional<String> catalogue) {
    RequestPath path = new RequestPath(PATH).at(id).with("lang", List.of(language()));
    catalogue.ifPresent(name -> path.with("catalogue", List.of(name)));
    JsonNode app = cloudy.client().get(path.toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(app);
      return;
    }
    cloudy.out().println(app.path("title").asText() + ": " + app.path("description").asText());
    Table table = new Table("FIELD", "TYPE", "DEFAULT", "WHAT");
    for (JsonNode field : app.path("fields")) {
      String given = field.path("default").asText();
      String made = field.path("type").asText().equals("secret") ? "(made at random)" : given;
      table.add(
          field.path("name").asText(),
          field.path("type").asText(),
          field.path("required").asBoolean() && !made.startsWith("(") ? "(needed)" : made,
          field.path("label").asText());
    }
    table.print(cloudy.out());
  }

  @Command(
      name = "install",
      description = "Installs an app as a stack; fields that are not set get their defaults.")
  void install(
      @Parameters(paramLabel = "APP") String id,
      @Option(names = "--catalogue", paramLabel = "NAME") Optional<String> catalogue,
      @Option(names = "--name", paramLabel = "STACK", description = "The stack's name.")
          Optional<String> name,
      @Mixin FieldOptions values) {
    ObjectNode body = Json.object();
    catalogue.ifPresent(text -> body.put("catalogue", text));
    name.ifPresent(text -> body.put("name", text));
    values.put(body, cloudy.in());
    JsonNode answer = cloudy.client().post(new RequestPath(PATH).at(id) + "/install", body);
    JsonNode job = new FollowedJob(cloudy).await(answer);
    cloudy.print(
        job, "The app runs as the stack " + job.path("result").path("name").asText() + ".");
  }

  @Command(
      name = "update",
      description =
          "Updates a stack that was installed as an app; what it was filled in with stays. The"
              + " version before comes back if it does not become well.")
  void update(
      @Parameters(paramLabel = "STACK") String stack,
      @Mixin FieldOptions values,
      @Option(names = "--no-backup", description = "Does not save its data before.")
          boolean noBackup,
      @Option(names = "--force", description = "Replaces files that were changed by hand, too.")
          boolean force) {
    ObjectNode body = Json.object().put("backup", !noBackup).put("force", force);
    values.put(body, cloudy.in());
    RequestPath path = new RequestPath(StackCommand.PATH).at(stack);
    JsonNode job = new FollowedJob(cloudy).await(cloudy.client().post(path + "/update", body));
    String version = job.path("result").path("version").asText();
    cloudy.print(job, "The app of the stack %s is at version %s.".formatted(stack, version));
  }
}
