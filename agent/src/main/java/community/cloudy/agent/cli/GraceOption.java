package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a container may take to end. */
final class GraceOption {
  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      description = "How long it may take to end by itself (default: 10s).")
  private Optional<String> grace = Optional.empty();

  ObjectNode body() {
    ObjectNode body = Json.object();
    grace.ifPresent(time -> body.put("grace", time));
    return body;
  }
}
