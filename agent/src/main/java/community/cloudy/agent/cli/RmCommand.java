package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes containers. */
@Command(name = "rm", description = "Removes containers; volumes with a name stay.")
final class RmCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = {"-f", "--force"},
      description = "Kills those that run.")
  private boolean force;

  @Option(names = "--volumes", description = "Removes their volumes without a name, too.")
  private boolean volumes;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "Its name or id.")
  private List<String> containers = new ArrayList<>();

  RmCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    for (String container : containers) {
      String path = new RequestPath("/v1/containers").at(container).toString();
      cloudy.print(
          cloudy.client().delete(path, Json.object().put("force", force).put("volumes", volumes)),
          "Removed " + container + ".");
    }
  }
}
