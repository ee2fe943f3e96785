package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells how far two nodes are from each other. */
@Command(name = "rtt", description = "Estimates the round trip between two nodes.")
final class RttCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(index = "0", paramLabel = "NODE", description = "A node's name.")
  private String node = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NODE2",
      description = "Another's (default: the agent's own).")
  private Optional<String> other = Optional.empty();

  RttCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    String path =
        new RequestPath("/v1/members")
            .with("name", List.of(node))
            .with("near", other.stream().toList())
            .toString();
    JsonNode answer = cloudy.client().get(path);
    if (answer.path("members").isEmpty()) {
      throw new CliException(Cloudy.FAILED, "There is no member " + node + ".");
    }
    JsonNode member = answer.path("members").path(0);
    String from = answer.path("near").asText();
    if (!member.has("rtt_ms")) {
      throw new CliException(
          Cloudy.FAILED,
          "The round trip between %s and %s is not known yet: they have not exchanged enough."
              .formatted(from, node));
    }
    ObjectNode json = Json.object().put("from", from).put("to", node);
    json.set("rtt_ms", member.path("rtt_ms"));
    cloudy.print(json, from + " to " + node + " and back: " + text(member));
  }

  /** Returns the round trip to a member for people; nothing where it is not known. */
  static String text(JsonNode member) {
    return member.has("rtt_ms")
        ? String.format(Locale.ROOT, "%.2f ms", member.path("rtt_ms").asDouble())
        : "";
  }
}
