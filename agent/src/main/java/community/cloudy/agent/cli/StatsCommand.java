package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a container uses. */
@Command(name = "stats", description = "Shows each second what a container uses.")
final class StatsCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--once", description = "Shows it once.")
  private boolean once;

  @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
  private String container = "";

  StatsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    String path = new RequestPath("/v1/containers").at(container) + "/stats";
    if (once) {
      show(cloudy.client().get(path));
    } else {
      cloudy.client().follow(path, "", this::heard);
    }
  }

  private void heard(ServerEvent event) {
    event.json().ifPresent(data -> heard(event.type(), data));
  }

  private void heard(String type, JsonNode data) {
    if (type.equals("stats")) {
      show(data);
    } else if (data.has("reason")) {
      throw new CliException(Cloudy.FAILED, data.path("reason").asText());
    }
  }

  private void show(JsonNode stats) {
    cloudy.printLine(
        stats,
        String.format(
            Locale.ROOT,
            "cpu %.1f %%  memory %s of %s  pids %d  net %s in, %s out  disk %s read, %s written",
            stats.path("cpu_percent").asDouble(),
            size(stats, "memory"),
            size(stats, "memory_limit"),
            stats.path("pids").asLong(),
            size(stats, "received"),
            size(stats, "sent"),
            size(stats, "read"),
            size(stats, "written")));
  }

  private static String size(JsonNode stats, String key) {
    return Size.text(stats.path(key).asLong());
  }
}
