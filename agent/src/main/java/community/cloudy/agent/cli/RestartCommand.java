package community.cloudy.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restarts containers. */
@Command(name = "restart", description = "Restarts containers.")
final class RestartCommand implements Runnable {
  private final Cloudy cloudy;

  @Mixin private GraceOption grace = new GraceOption();

  @Mixin private NamedContainers containers = new NamedContainers();

  RestartCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    containers.post(cloudy, "restart", grace.body(), "Restarted");
  }
}
