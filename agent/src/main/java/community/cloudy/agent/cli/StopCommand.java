package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops containers. */
@Command(name = "stop", description = "Stops containers.")
final class StopCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      description = "How long it may take to end by itself (default: 10s).")
  private Optional<String> grace = Optional.empty();

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "Its name or id.")
  private List<String> containers = new ArrayList<>();

  StopCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    for (String container : containers) {
      ObjectNode body = Json.object();
      grace.ifPresent(time -> body.put("grace", time));
      String path = new RequestPath("/v1/containers").at(container) + "/stop";
      cloudy.print(cloudy.client().post(path, body), "Stopped " + container + ".");
    }
  }
}
