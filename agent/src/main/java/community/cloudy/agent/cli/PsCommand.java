package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists containers. */
@Command(name = "ps", description = "Lists the containers of this node, stopped ones too.")
final class PsCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY[=VALUE]",
      description = "Only those with this label. May be repeated.")
  private List<String> labels = new ArrayList<>();

  PsCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    RequestPath path = new RequestPath("/v1/containers").with("label", labels);
    JsonNode answer = cloudy.client().get(path.toString());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "IMAGE", "STATE", "STATUS", "PORTS", "NOTE");
    for (JsonNode container : answer.path("containers")) {
      table.add(
          container.path("name").asText(),
          container.path("image").asText(),
          container.path("health").asText(container.path("state").asText()),
          container.path("status").asText(),
          ports(container),
          container.path("managed").asBoolean() ? "" : "made by others");
    }
    table.print(cloudy.out());
    for (JsonNode container : answer.path("containers")) {
      if (container.has("not_announced")) {
        cloudy
            .err()
            .println(
                Printable.of(
                    container.path("name").asText()
                        + " is not announced: "
                        + container.path("not_announced").asText()
                        + "."));
      }
    }
  }

  private static String ports(JsonNode container) {
    StringJoiner ports = new StringJoiner(", ");
    for (JsonNode port : container.path("ports")) {
      String address = port.path("address").asText();
      ports.add(
          (address.isEmpty() ? "" : address + ":")
              + port.path("port").asText()
              + "->"
              + port.path("container_port").asText()
              + "/"
              + port.path("protocol").asText());
    }
    return ports.toString();
  }
}
