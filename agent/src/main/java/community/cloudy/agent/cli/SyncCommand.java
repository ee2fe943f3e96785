package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps folders the same on several nodes. */
@Command(
    name = "sync",
    description = "Keeps folders the same on several nodes, by Syncthing.",
    synopsisSubcommandLabel = "[folders|devices|with|pending|accept|reject|pause|resume|forget]")
final class SyncCommand implements Runnable {
  private static final String PATH = "/v1/modules/syncthing";

  private final Cloudy cloudy;

  SyncCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    folders();
  }

  @Command(name = "folders", description = "Lists the shared folders.")
  void folders() {
    printFolders(cloudy.client().get(PATH + "/folders"));
  }

  private void printFolders(JsonNode answer) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("FOLDER", "STATE", "TO COME", "DEVICES", "PATH");
    for (JsonNode folder : answer.path("folders")) {
      String error = folder.path("error").asText();
      table.add(
          folder.path("id").asText(),
          error.isEmpty() ? folder.path("state").asText() : error,
          Size.text(folder.path("bytes_needed").asLong()),
          String.valueOf(Math.max(0, folder.path("devices").size() - 1)),
          folder.path("path").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "devices", description = "Lists the known devices.")
  void devices() {
    JsonNode answer = cloudy.client().get(PATH + "/devices");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "STATE", "ADDRESS", "DEVICE");
    for (JsonNode device : answer.path("devices")) {
      boolean paused = device.path("paused").asBoolean();
      boolean connected = device.path("connected").asBoolean();
      table.add(
          device.path("name").asText(),
          paused ? "paused" : connected ? "connected" : "away",
          device.path("address").asText(),
          device.path("id").asText());
    }
    table.print(cloudy.out());
  }

  @Command(
      name = "with",
      description = "Shares a folder with a node, which is made if it is not there.")
  void with(
      @Parameters(index = "0", paramLabel = "NODE", description = "The node.") String node,
      @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder's id.")
          String folder,
      @Option(names = "--path", paramLabel = "PATH", description = "Where a new one lies.")
          Optional<String> path) {
    ObjectNode body = Json.object().put("node", node).put("folder", folder);
    path.ifPresent(text -> body.put("path", text));
    JsonNode answer = cloudy.client().post(PATH + "/sync", body);
    cloudy.print(
        answer,
        "Asked %s to share %s. Its owner accepts with: cloudy sync accept".formatted(node, folder));
  }

  @Command(name = "pending", description = "Lists who wants to connect, and what is offered.")
  void pending() {
    JsonNode answer = cloudy.client().get(PATH + "/pending");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("WHAT", "NODE", "FOLDER", "DEVICE");
    for (JsonNode device : answer.path("devices")) {
      String claims = device.path("claims").asText();
      table.add(
          "connect",
          device.path("node").asText("not known, says it is " + claims),
          "",
          device.path("device").asText());
    }
    for (JsonNode folder : answer.path("folders")) {
      table.add(
          "share",
          folder.path("node").asText("not known"),
          folder.path("folder").asText(),
          folder.path("device").asText());
    }
    table.print(cloudy.out());
  }

  @Command(
      name = "accept",
      description =
          "Lets a device in that wants to connect, or with --folder takes a folder that is offered.")
  void accept(
      @Parameters(
              paramLabel = "NODE|DEVICE",
              arity = "0..1",
              description = "Whose; needed if several wait.")
          Optional<String> who,
      @Option(names = "--folder", paramLabel = "FOLDER", description = "The offered folder's id.")
          Optional<String> folder,
      @Option(names = "--path", paramLabel = "PATH", description = "Where it will lie.")
          Optional<String> path) {
    JsonNode waiting = cloudy.client().get(PATH + "/pending");
    ObjectNode body = Json.object();
    if (folder.isPresent()) {
      body.put("folder", folder.get());
      path.ifPresent(text -> body.put("path", text));
      who.ifPresent(text -> body.put("device", device(waiting.path("folders"), who)));
    } else {
      body.put("device", device(waiting.path("devices"), who));
    }
    JsonNode answer = cloudy.client().post(PATH + "/pending/accept", body);
    cloudy.print(answer, "Accepted.");
  }

  /** Returns the one that waits, or the one that is meant. */
  private static String device(JsonNode waiting, Optional<String> who) {
    String found = "";
    int count = 0;
    for (JsonNode one : waiting) {
      String device = one.path("device").asText();
      String node = one.path("node").asText();
      if (who.isEmpty() || who.get().equals(device) || who.get().equals(node)) {
        found = device;
        count++;
      }
    }
    if (count != 1) {
      throw new CliException(
          Cloudy.FAILED,
          count == 0
              ? "Nobody such waits. Look with: cloudy sync pending"
              : "Several wait. Say which; look with: cloudy sync pending");
    }
    return found;
  }

  @Command(name = "reject", description = "Answers no to a device that wants to connect.")
  void reject(
      @Parameters(paramLabel = "NODE|DEVICE", arity = "0..1", description = "Whose.")
          Optional<String> who) {
    JsonNode waiting = cloudy.client().get(PATH + "/pending");
    ObjectNode body = Json.object().put("device", device(waiting.path("devices"), who));
    cloudy.print(cloudy.client().post(PATH + "/pending/reject", body), "Rejected.");
  }

  @Command(name = "pause", description = "Pauses a folder.")
  void pause(@Parameters(paramLabel = "FOLDER", description = "Its id.") String folder) {
    printFolders(cloudy.client().post(folder(folder) + "/pause", Json.object()));
  }

  @Command(name = "resume", description = "Goes on with a folder.")
  void resume(@Parameters(paramLabel = "FOLDER", description = "Its id.") String folder) {
    printFolders(cloudy.client().post(folder(folder) + "/resume", Json.object()));
  }

  @Command(name = "forget", description = "Shares a folder no more; its files stay.")
  void forget(@Parameters(paramLabel = "FOLDER", description = "Its id.") String folder) {
    printFolders(cloudy.client().delete(folder(folder).toString()));
  }

  private static RequestPath folder(String folder) {
    return new RequestPath(PATH + "/folders").at(folder);
  }
}
