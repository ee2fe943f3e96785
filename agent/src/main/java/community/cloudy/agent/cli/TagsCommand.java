package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows and changes the node's own tags. */
@Command(
    name = "tags",
    description = {
      "Shows this node's tags, after changing them if so told.",
      "A change holds until the agent restarts; gossip.tags in the configuration holds for ever."
    })
final class TagsCommand implements Runnable {
  private static final String PATH = "/v1/agent/tags";

  private final Cloudy cloudy;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "May be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--remove", paramLabel = "KEY", description = "Done first. May be repeated.")
  private List<String> remove = new ArrayList<>();

  TagsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer =
        set.isEmpty() && remove.isEmpty()
            ? cloudy.client().get(PATH)
            : cloudy.client().put(PATH, body());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("TAG", "VALUE");
    answer
        .path("tags")
        .properties()
        .forEach(tag -> table.add(tag.getKey(), tag.getValue().asText()));
    table.print(cloudy.out());
  }

  private ObjectNode body() {
    ObjectNode body = Json.object();
    set.forEach(body.putObject("set")::put);
    remove.forEach(body.putArray("remove")::add);
    return body;
  }
}
