package community.cloudy.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops containers. */
@Command(name = "stop", description = "Stops containers.")
final class StopCommand implements Runnable {
  private final Cloudy cloudy;

  @Mixin private GraceOption grace = new GraceOption();

  @Mixin private NamedContainers containers = new NamedContainers();

  StopCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    containers.post(cloudy, "stop", grace.body(), "Stopped");
  }
}
