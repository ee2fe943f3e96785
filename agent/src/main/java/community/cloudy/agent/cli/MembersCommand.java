package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the members. */
@Command(name = "members", description = "Lists the nodes of the community.")
final class MembersCommand implements Runnable {
  private static final Set<String> MACHINE_TAGS = Set.of("cloudy", "services");

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

  @Option(
      names = "--near",
      arity = "0..1",
      paramLabel = "NODE",
      fallbackValue = "",
      description = "The nearest first, with round trips from this node or from NODE.")
  private Optional<String> near = Optional.empty();

  MembersCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().get(path());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table =
        near.isPresent()
            ? new Table("NAME", "RTT", "ADDRESS", "STATUS", "TAGS")
            : new Table("NAME", "ADDRESS", "STATUS", "TAGS");
    answer.path("members").forEach(member -> table.add(cells(member)));
    table.print(cloudy.out());
  }

  private String path() {
    RequestPath path =
        new RequestPath("/v1/members")
            .with("status", statuses)
            .with("name", names)
            .with("tag", tags);
    near.ifPresent(
        node ->
            path.with("sort", List.of("rtt"))
                .with("near", node.isEmpty() ? List.of() : List.of(node)));
    return path.toString();
  }

  private String[] cells(JsonNode member) {
    List<String> cells = new ArrayList<>();
    cells.add(member.path("name").asText());
    if (near.isPresent()) {
      cells.add(RttCommand.text(member));
    }
    cells.add(member.path("address").asText());
    cells.add(member.path("status").asText());
    cells.add(tags(member.path("tags")));
    return cells.toArray(String[]::new);
  }

  /** Leaves out what nodes tell each other, not people. */
  private static String tags(JsonNode tags) {
    return tags.properties().stream()
        .filter(tag -> !MACHINE_TAGS.contains(tag.getKey()))
        .map(tag -> tag.getKey() + "=" + tag.getValue().asText())
        .collect(Collectors.joining(","));
  }
}
