package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the community. */
@Command(
    name = "query",
    description = "Asks the nodes of the community, and prints what they say as it comes.")
final class QueryCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--node", paramLabel = "NODE", description = "Asks only it. May be repeated.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "KEY=EXPRESSION",
      description = "Asks only nodes whose tag matches. May be repeated.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(names = "--no-ack", description = "Does not have nodes say that they were asked.")
  private boolean noAck;

  @Option(
      names = "--relay-factor",
      paramLabel = "N",
      description = "How many other nodes also carry each answer (default: 0).")
  private int relayFactor;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait, such as 5s (default: grows with the community).")
  private Optional<String> timeout = Optional.empty();

  @Parameters(index = "0", paramLabel = "NAME", description = "What is asked.")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PAYLOAD", description = "Details.")
  private String payload = "";

  private boolean done;

  QueryCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    cloudy.client().follow("/v1/queries", body(), this::heard);
    if (!done) {
      throw new CliException(
          Cloudy.FAILED, "The agent stopped before the question's time was over.");
    }
  }

  private ObjectNode body() {
    ObjectNode body =
        Json.object()
            .put("name", name)
            .put("payload", payload)
            .put("ack", !noAck)
            .put("relay_factor", relayFactor);
    nodes.forEach(body.putArray("nodes")::add);
    tags.forEach(body.putObject("tags")::put);
    timeout.ifPresent(time -> body.put("timeout", time));
    return body;
  }

  private void heard(ServerEvent event) {
    event.json().ifPresent(data -> heard(event.type(), data));
  }

  private void heard(String type, JsonNode data) {
    String node = data.path("node").asText();
    switch (type) {
      case "ack" -> cloudy.printLine(data, "Ack from " + node);
      case "response" ->
          cloudy.printLine(data, node + ": " + data.path("payload").asText().stripTrailing());
      default -> {
        done = true;
        cloudy.printLine(data, summary(data));
      }
    }
  }

  private static String summary(JsonNode data) {
    int lost = data.path("lost").asInt();
    return data.path("responses").asInt()
        + " answered, "
        + data.path("acks").asInt()
        + " acknowledged"
        + (lost == 0 ? "." : ", " + lost + " came too fast to be shown.");
  }
}
