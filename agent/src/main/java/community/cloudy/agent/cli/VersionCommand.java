package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;

/** Tells the version. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Runnable {
  private final Cloudy cloudy;

  VersionCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    cloudy.print(Json.object().put("version", cloudy.version()), "cloudy " + cloudy.version());
  }
}
