package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes over containers that others made. */
@Command(
    name = "adopt",
    description = "Takes over containers that others made: they are kept up or down from then on.")
final class AdoptCommand implements Runnable {
  private final Cloudy cloudy;

  @Mixin private NamedContainers containers = new NamedContainers();

  AdoptCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    containers.post(cloudy, "adopt", Json.object(), "Adopted");
  }
}
