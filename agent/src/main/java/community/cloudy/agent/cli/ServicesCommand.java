package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what the community offers. */
@Command(
    name = "services",
    description = "Lists what the nodes of the community offer, the nearest first.")
final class ServicesCommand implements Runnable {
  private static final String WATCH_WAIT = "50s";

  private final Cloudy cloudy;

  @Option(names = "--type", paramLabel = "TYPE", description = "Only these. May be repeated.")
  private List<String> types = new ArrayList<>();

  @Option(names = "--node", paramLabel = "NODE", description = "Only its. May be repeated.")
  private List<String> nodes = new ArrayList<>();

  @Option(names = "--text", paramLabel = "TEXT", description = "Only those that mention this.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--health",
      paramLabel = "STATE",
      description = "Only ok, failing or unknown ones. May be repeated.")
  private List<String> states = new ArrayList<>();

  @Option(
      names = "--near",
      paramLabel = "NODE",
      description = "The nearest to NODE first, instead of to this node.")
  private Optional<String> near = Optional.empty();

  @Option(names = "--hidden", description = "Those of nodes that are gone, too.")
  private boolean hidden;

  @Option(names = "--watch", description = "Shows the list again whenever it changes.")
  private boolean watch;

  ServicesCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ApiClient client = cloudy.client();
    RequestPath path =
        new RequestPath("/v1/services")
            .with("type", types)
            .with("node", nodes)
            .with("text", texts)
            .with("health", states)
            .with("near", near.stream().toList());
    if (hidden) {
      path.with("hidden", List.of("true"));
    }
    if (!watch) {
      show(client.get(path.toString()));
      return;
    }
    path.with("wait", List.of(WATCH_WAIT));
    client.watch(path.toString(), this::show);
  }

  private void show(JsonNode answer) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "TYPE", "NODE", "HEALTH", "RTT", "TRUST", "WHERE");
    for (JsonNode service : answer.path("services")) {
      table.add(
          service.path("name").asText(),
          service.path("type").asText(),
          service.path("node").asText(),
          service.path("health").path("state").asText(),
          RttCommand.text(service),
          service.path("trust").asText(),
          where(service));
    }
    table.print(cloudy.out());
  }

  /**
   * Who lists an address that is not theirs may send people to somebody who knows nothing of it.
   */
  private static String where(JsonNode service) {
    String url = service.path("endpoints").path(0).path("url").asText();
    return service.path("elsewhere").asBoolean() ? url + " (not its node's own)" : url;
  }
}
