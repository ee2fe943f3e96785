package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the members. */
@Command(name = "members", description = "Lists the nodes of the community.")
final class MembersCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only alive, leaving, left or failed ones. May be repeated.")
  private List<String> statuses = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NODE", description = "Only this one. May be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "Only those with this tag. May be repeated.")
  private List<String> tags = new ArrayList<>();

  MembersCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().get("/v1/members" + query());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "ADDRESS", "STATUS", "TAGS");
    for (JsonNode member : answer.path("members")) {
      table.add(
          member.path("name").asText(),
          member.path("address").asText(),
          member.path("status").asText(),
          tags(member.path("tags")));
    }
    table.print(cloudy.out());
  }

  private String query() {
    List<String> parameters = new ArrayList<>();
    add(parameters, "status", statuses);
    add(parameters, "name", names);
    add(parameters, "tag", tags);
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }

  private static void add(List<String> parameters, String name, List<String> values) {
    values.forEach(
        value -> parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
  }

  private static String tags(JsonNode tags) {
    return tags.properties().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue().asText())
        .collect(Collectors.joining(","));
  }
}
