package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what people did. */
@Command(name = "audit", description = "Shows what people changed or tried, the newest first.")
final class AuditCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--who", paramLabel = "LOGIN", description = "Only what they did.")
  private Optional<String> who = Optional.empty();

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this, such as service.announce, or all that begin so, such as service.")
  private Optional<String> action = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Not before this, such as 2026-11-24T10:15:00Z.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
  private Optional<String> limit = Optional.empty();

  AuditCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    String path =
        new RequestPath("/v1/audit")
            .with("who", list(who))
            .with("action", list(action))
            .with("since", list(since))
            .with("limit", list(limit))
            .toString();
    JsonNode answer = cloudy.client().get(path);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("TIME", "WHO", "HOW", "FROM", "ACTION", "OBJECT", "OUTCOME", "DETAIL");
    for (JsonNode entry : answer.path("entries")) {
      table.add(
          entry.path("time").asText().replaceFirst("\\.[0-9]+Z$", "Z"),
          entry.path("who").asText(),
          entry.path("how").asText(),
          entry.path("from").asText(),
          entry.path("action").asText(),
          entry.path("object").asText(),
          entry.path("outcome").asText(),
          entry.path("detail").asText());
    }
    table.print(cloudy.out());
  }

  private static List<String> list(Optional<String> value) {
    return value.map(List::of).orElse(List.of());
  }
}
