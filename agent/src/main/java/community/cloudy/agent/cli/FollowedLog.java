package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/** Shows lines as they come, until those who write them are gone. */
final class FollowedLog {
  private final Cloudy cloudy;
  private final Function<JsonNode, String> text;
  private Optional<String> end = Optional.empty();

  /** Shows each line as {@code text} writes it; where JSON is wanted, as it came. */
  FollowedLog(Cloudy cloudy, Function<JsonNode, String> text) {
    this.cloudy = cloudy;
    this.text = text;
  }

  /**
   * Shows those at {@code path}.
   *
   * @throws CliException if they end for another reason
   */
  void show(String path) {
    cloudy.client().follow(path, "", event -> event.json().ifPresent(d -> heard(event.type(), d)));
    if (end.isEmpty()) {
      throw new CliException(Cloudy.FAILED, "The agent stopped.");
    }
  }

  private void heard(String type, JsonNode data) {
    if (type.equals("line")) {
      cloudy.printLine(data, text.apply(data));
      return;
    }
    end = Optional.of(type);
    if (data.has("reason")) {
      throw new CliException(Cloudy.FAILED, data.path("reason").asText());
    }
  }
}
