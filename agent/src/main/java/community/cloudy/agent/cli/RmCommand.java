package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private NamedContainers containers = new NamedContainers();

  RmCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("force", force).put("volumes", volumes);
    containers.each(
        name ->
            cloudy.print(
                cloudy.client().delete(NamedContainers.path(name), body), "Removed " + name + "."));
  }
}
