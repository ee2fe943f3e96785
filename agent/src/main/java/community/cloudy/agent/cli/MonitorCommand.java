package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what happens. */
@Command(name = "monitor", description = "Shows what happens, as it happens, until Ctrl-C.")
final class MonitorCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Only this, such as user or member-failed. May be repeated. Unless named, resource is"
              + " left out: it is for pages.")
  private List<String> types = new ArrayList<>();

  private String place = "";
  private boolean lost;

  MonitorCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ApiClient client = cloudy.client();
    String path = new RequestPath("/v1/events").with("type", types).toString();
    while (!isInterrupted()) {
      try {
        client.follow(path, place, this::heard);
        lost("It ended the stream.");
      } catch (CliException e) {
        if (place.isEmpty() && !isInterrupted()) {
          throw e;
        }
        lost(String.valueOf(e.getMessage()));
      }
      pause();
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private void heard(ServerEvent event) {
    if (lost) {
      lost = false;
      cloudy.err().println("The agent is back.");
    }
    place = event.id();
    event
        .json()
        .filter(json -> !types.isEmpty() || !json.path("type").asText().equals("resource"))
        .ifPresent(json -> cloudy.printLine(json, line(json)));
  }

  private void lost(String reason) {
    if (!lost && !isInterrupted()) {
      lost = true;
      cloudy.err().println(Printable.of("Lost the agent, trying again: " + reason));
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(JsonNode event) {
    String type = event.path("type").asText();
    JsonNode data = event.path("data");
    String name = data.path("name").asText();
    String payload = data.path("payload").asText();
    String detail =
        switch (type) {
          case "gap" -> "what happened before this is not known";
          case "user" -> name + " " + payload;
          case "query" ->
              "%s from %s, id %s %s"
                  .formatted(name, data.path("source").asText(), data.path("id").asText(), payload);
          default ->
              data.has("address") ? name + " " + data.path("address").asText() : data.toString();
        };
    String second = event.path("time").asText().replaceFirst("\\.[0-9]+Z$", "Z");
    return "%-20s %-13s %s".formatted(second, type, detail).stripTrailing();
  }
}
