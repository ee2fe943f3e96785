package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts containers. */
@Command(name = "start", description = "Starts containers.")
final class StartCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "Its name or id.")
  private List<String> containers = new ArrayList<>();

  StartCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    for (String container : containers) {
      String path = new RequestPath("/v1/containers").at(container) + "/start";
      cloudy.print(cloudy.client().post(path, Json.object()), "Started " + container + ".");
    }
  }
}
