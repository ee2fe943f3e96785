package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a container writes. */
@Command(name = "logs", description = "Shows what a container has written.")
final class LogsCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what it writes, also when it is started again.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many of the last lines (default: ${DEFAULT-VALUE}).")
  private int tail;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "None from before, such as 2026-11-24T10:00:00Z.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--stream",
      paramLabel = "stdout|stderr",
      description = "Only this one (default: both).")
  private Optional<String> stream = Optional.empty();

  @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
  private String container = "";

  LogsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    String path =
        new RequestPath("/v1/containers").at(container)
            + "/logs"
            + new RequestPath("")
                .with("tail", List.of(Integer.toString(tail)))
                .with("since", since.stream().toList())
                .with("stream", stream.stream().toList());
    if (follow) {
      new FollowedLog(cloudy, LogsCommand::text).show(path);
      return;
    }
    JsonNode answer = cloudy.client().get(path);
    answer.path("lines").forEach(this::show);
    if (answer.path("truncated").asBoolean()) {
      cloudy.err().println("There is more than can be shown at once. Ask for fewer: --tail.");
    }
  }

  private void show(JsonNode line) {
    cloudy.printLine(line, text(line));
  }

  private static String text(JsonNode line) {
    return line.path("text").asText();
  }
}
