package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends live video to the community, and watches what others send. */
@Command(
    name = "video",
    description = "Sends live video to the community, and watches what others send.",
    synopsisSubcommandLabel = "[list|show|publish|join|relay|stop]")
final class VideoCommand implements Runnable {
  private static final String PATH = "/v1/modules/peerstreamer";
  private static final String PREFIX = "peerstreamer-";
  private static final Pattern PLACE = Pattern.compile("([0-9.]{7,15}):([0-9]{1,5})");
  private static final int MAX_SOURCE = 2048;

  private final Cloudy cloudy;

  VideoCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    list();
  }

  @Command(
      name = "list",
      description = "Lists the channels of this node and those that others announce.")
  void list() {
    printList(cloudy.client().get(PATH + "/channels"));
  }

  private void printList(JsonNode answer) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("CHANNEL", "KIND", "NODE", "STATE", "KBIT/S", "TITLE");
    for (JsonNode one : answer.path("channels")) {
      table.add(
          one.path("channel").asText(),
          one.path("kind").asText(),
          one.path("node").asText(),
          one.path("state").asText(),
          one.path("kbit").asText(),
          one.path("title").asText());
    }
    for (JsonNode one : answer.path("catalogue")) {
      String service = one.path("service").asText();
      table.add(
          service.startsWith(PREFIX) ? service.substring(PREFIX.length()) : service,
          "offered",
          one.path("node").asText(),
          one.path("health").asText(),
          "",
          one.path("title").asText());
    }
    table.print(cloudy.out());
    String missing = answer.path("missing").asText();
    if (!missing.isEmpty()) {
      cloudy.print(answer, missing);
    }
  }

  @Command(name = "show", description = "Tells how a channel of this node is.")
  void show(@Parameters(paramLabel = "CHANNEL", description = "Its id.") String channel) {
    JsonNode answer = cloudy.client().get(channel(channel));
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("FACT", "VALUE");
    answer.properties().forEach(fact -> table.add(fact.getKey(), fact.getValue().asText()));
    table.print(cloudy.out());
  }

  @Command(name = "publish", description = "Sends a source to the community.")
  void publish(
      @Parameters(index = "0", paramLabel = "CHANNEL", description = "Its id, for others to join.")
          String channel,
      @Parameters(
              index = "1",
              paramLabel = "SOURCE",
              description =
                  "A file by its path, device:/dev/NAME, or an rtsp, http, https or udp URL;"
                      + " - to read one that holds a login from standard input.")
          String source,
      @Option(names = "--title", paramLabel = "TEXT", description = "For people.")
          Optional<String> title,
      @Option(names = "--kbit", paramLabel = "KBIT", description = "The most kbit/s it may carry.")
          Optional<Integer> kbit) {
    String text = source.equals("-") ? read() : source;
    ObjectNode body = Json.object().put("channel", channel);
    body.put("source", text.startsWith("/") ? "file:" + text : text);
    title.ifPresent(words -> body.put("title", words));
    kbit.ifPresent(most -> body.put("kbit", most));
    begun(cloudy.client().post(PATH + "/publish", body));
  }

  private String read() {
    try {
      byte[] typed = cloudy.in().readNBytes(MAX_SOURCE);
      return new String(typed, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not read the source: " + e.getMessage() + ".");
    }
  }

  /** What is to be watched, and how. */
  static final class Wanted {
    @Parameters(
        index = "0",
        paramLabel = "NODE|ADDRESS:PORT",
        description = "Whose, by the catalogue; or where.")
    private String from = "";

    @Parameters(
        index = "1",
        paramLabel = "CHANNEL",
        arity = "0..1",
        description = "Its id or title; needed if the node has several.")
    private Optional<String> channel = Optional.empty();

    @Option(names = "--as", paramLabel = "ID", description = "What it is called here.")
    private Optional<String> as = Optional.empty();

    @Option(names = "--kbit", paramLabel = "KBIT", description = "The most kbit/s it may carry.")
    private Optional<Integer> kbit = Optional.empty();

    private ObjectNode body() {
      ObjectNode body = Json.object();
      Matcher place = PLACE.matcher(from);
      if (place.matches()) {
        body.put("address", place.group(1)).put("port", Integer.parseInt(place.group(2)));
      } else {
        body.put("node", from);
      }
      channel.ifPresent(which -> body.put("service", which));
      as.ifPresent(id -> body.put("channel", id));
      kbit.ifPresent(most -> body.put("kbit", most));
      return body;
    }
  }

  @Command(name = "join", description = "Watches a channel of another node.")
  void join(@Mixin Wanted wanted) {
    begun(cloudy.client().post(PATH + "/join", wanted.body()));
  }

  @Command(
      name = "relay",
      description = "Watches a channel of another node and announces it here, too.")
  void relay(@Mixin Wanted wanted) {
    begun(cloudy.client().post(PATH + "/relay", wanted.body()));
  }

  private void begun(JsonNode answer) {
    cloudy.print(
        answer,
        "%s begins. See how it goes with: cloudy video show %1$s"
            .formatted(answer.path("channel").asText()));
  }

  @Command(name = "stop", description = "Ends a channel of this node.")
  void stop(@Parameters(paramLabel = "CHANNEL", description = "Its id.") String channel) {
    printList(cloudy.client().delete(channel(channel)));
  }

  private static String channel(String channel) {
    return new RequestPath(PATH + "/channels").at(channel).toString();
  }
}
