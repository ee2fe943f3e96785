package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after service modules. */
@Command(
    name = "module",
    description = "Lists the service modules of this node, and looks after them.",
    synopsisSubcommandLabel =
        "[list|show|enable|disable|start|stop|restart|reload|logs|config|versions|diff]")
final class ModuleCommand implements Runnable {
  private static final String MODULE = "The module's id, such as squid.";

  private final Cloudy cloudy;

  ModuleCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    list();
  }

  @Command(name = "list", description = "Lists the modules.")
  void list() {
    JsonNode answer = cloudy.client().get("/v1/modules");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("MODULE", "PHASE", "HEALTH", "EVIDENCE");
    for (JsonNode module : answer.path("modules")) {
      table.add(
          module.path("id").asText(),
          module.path("phase").asText(),
          module.path("health").asText(),
          module.path("evidence").asText());
    }
    table.print(cloudy.out());
    answer
        .path("refused_plugins")
        .forEach(
            jar ->
                cloudy
                    .err()
                    .println(jar.path("file").asText() + ": " + jar.path("reason").asText()));
  }

  @Command(name = "show", description = "Tells all that is known of a module.")
  void show(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    cloudy.printJson(cloudy.client().get(path(module).toString()));
  }

  @Command(name = "enable", description = "Has a module manage its service from now on.")
  void enable(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    enabled(module, true);
  }

  @Command(name = "disable", description = "Ends what a module manages, for good.")
  void disable(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    enabled(module, false);
  }

  private void enabled(String module, boolean enabled) {
    ObjectNode config = config(module);
    config.put("enabled", enabled);
    cloudy.client().put(path(module).at("config").toString(), config);
    answer(module, cloudy.client().get(path(module).toString()));
  }

  private ObjectNode config(String module) {
    return (ObjectNode) cloudy.client().get(path(module).at("config").toString());
  }

  private void answer(String module, JsonNode state) {
    cloudy.print(
        state,
        "%s is %s: %s"
            .formatted(module, state.path("phase").asText(), state.path("evidence").asText()));
  }

  @Command(name = "start", description = "Starts a module that was stopped.")
  void start(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    post(module, "start");
  }

  @Command(name = "stop", description = "Stops a module until it, or the agent, is started.")
  void stop(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    post(module, "stop");
  }

  @Command(name = "restart", description = "Stops and starts a module.")
  void restart(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    post(module, "restart");
  }

  @Command(name = "reload", description = "Reads again how a module is set.")
  void reload(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    post(module, "reload");
  }

  private void post(String module, String verb) {
    answer(module, cloudy.client().post(path(module).at(verb).toString(), Json.object()));
  }

  @Command(name = "logs", description = "Prints the last lines that a module's service has logged.")
  void logs(
      @Parameters(paramLabel = "MODULE", description = MODULE) String module,
      @Option(
              names = {"-n", "--lines"},
              defaultValue = "100",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int lines) {
    JsonNode answer = cloudy.client().get(path(module).at("logs") + "?lines=" + lines);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      answer.path("lines").forEach(line -> cloudy.out().println(line.asText()));
    }
  }

  @Command(
      name = "config",
      description = "Tells how a module is set; with KEY=VALUE, changes that. For admins.")
  void config(
      @Parameters(index = "0", paramLabel = "MODULE", description = MODULE) String module,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "KEY=VALUE",
              description = "VALUE is JSON or a text; null takes the default again.")
          List<String> changes) {
    if (changes == null || changes.isEmpty()) {
      cloudy.printJson(config(module));
      return;
    }
    ObjectNode config = config(module);
    for (String change : changes) {
      int equals = change.indexOf('=');
      if (equals < 1) {
        throw new CliException(Cloudy.WRONG_USE, "Could not read " + change + ": write KEY=VALUE.");
      }
      set(config, change.substring(0, equals), value(change.substring(equals + 1)));
    }
    JsonNode answer = cloudy.client().put(path(module).at("config").toString(), config);
    cloudy.print(answer, "Changed, and in use.");
  }

  /** Sets what lies at a key such as {@code cache.memory}. */
  private static void set(ObjectNode config, String key, JsonNode value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      config.set(key, value);
    } else {
      set(config.withObjectProperty(key.substring(0, dot)), key.substring(dot + 1), value);
    }
  }

  private static JsonNode value(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return TextNode.valueOf(text);
    }
  }

  @Command(
      name = "versions",
      description = "Lists the versions of the files a module writes. For admins.")
  void versions(@Parameters(paramLabel = "MODULE", description = MODULE) String module) {
    JsonNode answer = cloudy.client().get(path(module).at("versions").toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("VERSION", "MADE", "");
    for (JsonNode version : answer.path("versions")) {
      table.add(
          version.path("number").asText(),
          version.path("made").asText(),
          version.path("in_use").asBoolean() ? "in use" : "");
    }
    table.print(cloudy.out());
  }

  @Command(
      name = "diff",
      description = "Tells what differs between two versions of a module's files. For admins.")
  void diff(
      @Parameters(index = "0", paramLabel = "MODULE", description = MODULE) String module,
      @Parameters(index = "1", paramLabel = "FROM", description = "The one version.") int from,
      @Parameters(index = "2", paramLabel = "TO", description = "The other version.") int to) {
    String query = "?from=" + from + "&to=" + to;
    JsonNode answer = cloudy.client().get(path(module).at("diff") + query);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      cloudy.out().print(answer.path("diff").asText());
      cloudy.out().flush();
    }
  }

  private static RequestPath path(String module) {
    return new RequestPath("/v1/modules").at(module);
  }
}
