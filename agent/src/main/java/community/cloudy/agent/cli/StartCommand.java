package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts containers. */
@Command(name = "start", description = "Starts containers.")
final class StartCommand implements Runnable {
  private final Cloudy cloudy;

  @Mixin private NamedContainers containers = new NamedContainers();

  StartCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    containers.post(cloudy, "start", Json.object(), "Started");
  }
}
