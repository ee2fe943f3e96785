package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at what this node answers for by DNS. */
@Command(
    name = "dns",
    description = "Looks at the zones of this node's DNS server (the module bind).",
    synopsisSubcommandLabel = "COMMAND")
final class DnsCommand implements Runnable {
  private static final String PATH = "/v1/modules/bind";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  DnsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy dns zones, for one");
  }

  @Command(name = "zones", description = "Lists the zones, and the serials that are served.")
  void zones() {
    JsonNode answer = cloudy.client().get(PATH + "/zones");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("ZONE", "TYPE", "VIEW", "FROM", "SERIAL");
    for (JsonNode zone : answer.path("zones")) {
      table.add(
          zone.path("name").asText(),
          zone.path("type").asText(),
          zone.path("view").asText(),
          zone.path("origin").asText(),
          zone.path("serial").isNull() ? "not served" : zone.path("serial").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "records", description = "Lists the records of a zone, as they are served.")
  void records(
      @Parameters(paramLabel = "ZONE") String zone,
      @Option(
              names = "--contains",
              paramLabel = "TEXT",
              description = "Only those whose name holds this.",
              defaultValue = "")
          String contains) {
    RequestPath path = new RequestPath(PATH + "/zones").at(zone);
    RequestPath records = new RequestPath(path + "/records").with("contains", List.of(contains));
    JsonNode answer = cloudy.client().get(records.toString());
    print(answer, answer.path("records"));
    int shown = answer.path("records").size();
    if (!cloudy.wantsJson() && answer.path("total").asInt() > shown) {
      cloudy.err().println("Only the first %d; use --contains.".formatted(shown));
    }
  }

  @Command(name = "lookup", description = "Asks the DNS server, as the community would.")
  void lookup(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "TYPE", arity = "0..1", defaultValue = "A") String type) {
    RequestPath path =
        new RequestPath(PATH + "/lookup").with("name", List.of(name)).with("type", List.of(type));
    JsonNode answer = cloudy.client().get(path.toString());
    if (!cloudy.wantsJson() && answer.path("records").isEmpty()) {
      String outcome = answer.path("outcome").asText();
      throw new CliException(
          Cloudy.FAILED, "There is no %s of %s (%s).".formatted(type, name, outcome));
    }
    print(answer, answer.path("records"));
  }

  private void print(JsonNode answer, JsonNode records) {
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "TTL", "TYPE", "VALUE");
    for (JsonNode record : records) {
      table.add(
          record.path("name").asText(),
          record.path("ttl").asText(),
          record.path("type").asText(),
          record.path("value").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "import", description = "Reads the documents of guifi.net now.")
  void importNow() {
    JsonNode answer = cloudy.client().post(PATH + "/import", Json.object());
    String zones = answer.path("zones").asText();
    cloudy.print(answer, "The documents are taken over; zones of them: " + zones + ".");
  }

  @Command(name = "stats", description = "Shows what the DNS server has counted.")
  void statistics() {
    JsonNode answer = cloudy.client().get(PATH + "/statistics");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("GROUP", "WHAT", "COUNT");
    for (Map.Entry<String, JsonNode> group : answer.properties()) {
      for (Map.Entry<String, JsonNode> counter : group.getValue().properties()) {
        if (counter.getValue().asLong() > 0) {
          table.add(group.getKey(), counter.getKey(), counter.getValue().asText());
        }
      }
    }
    table.print(cloudy.out());
  }
}
