package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Manages the gossip keys of the whole community. */
@Command(
    name = "keys",
    description = {
      "Manages the gossip keys of all nodes.",
      "To change keys: install the new one, use it, remove the old one, each until all nodes have"
          + " done it."
    },
    synopsisSubcommandLabel = "list|install|use|remove")
final class KeysCommand implements Runnable {
  private static final String PATH = "/v1/keys";
  private static final Map<String, String> DONE =
      Map.of(
          "install", "All %d nodes accept the key.",
          "use", "All %d nodes encrypt with the key.",
          "remove", "All %d nodes have forgotten the key.");

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  KeysCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: cloudy keys list, install, use or remove");
  }

  @Command(name = "list", description = "Lists the keys and how many nodes have them.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      print(answer);
    }
    if (!answer.path("complete").asBoolean()) {
      throw new CliException(
          Cloudy.FAILED,
          "Of %s nodes %s answered, %s of them that they failed."
              .formatted(
                  answer.path("nodes").asText(),
                  answer.path("responses").asText(),
                  answer.path("errors").asText()));
    }
  }

  private void print(JsonNode answer) {
    String nodes = answer.path("nodes").asText();
    Table table = new Table("KEY", "NODES", "PRIMARY");
    for (JsonNode key : answer.path("keys")) {
      table.add(
          key.path("key").asText(),
          key.path("nodes").asText() + "/" + nodes,
          key.path("primary").asText() + "/" + nodes);
    }
    table.print(cloudy.out());
    answer
        .path("messages")
        .properties()
        .forEach(said -> warn(said.getKey() + ": " + said.getValue().asText()));
  }

  @Command(name = "install", description = "Has all nodes accept a key.")
  void install(@Mixin KeySource key) {
    change("install", key);
  }

  @Command(name = "use", description = "Has all nodes encrypt with a key they accept.")
  void use(@Mixin KeySource key) {
    change("use", key);
  }

  @Command(name = "remove", description = "Has all nodes forget a key they do not encrypt with.")
  void remove(@Mixin KeySource key) {
    change("remove", key);
  }

  private void change(String action, KeySource key) {
    ObjectNode body = Json.object().put("action", action).put("key", key.read(cloudy.in()));
    JsonNode answer = cloudy.client().post(PATH, body);
    cloudy.print(answer, DONE.getOrDefault(action, "").formatted(answer.path("nodes").asInt()));
    if (!answer.path("kept").asBoolean()) {
      warn(
          "This node forgets the change when it restarts: it has no gossip.keyring_file. Change"
              + " the file of gossip.encrypt_key_file, too.");
    }
  }

  private void warn(String sentence) {
    cloudy.err().println(Printable.of(sentence));
  }
}
