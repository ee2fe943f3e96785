package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;

/** Leaves the community. */
@Command(name = "leave", description = "Leaves the community gracefully and stops the agent.")
final class LeaveCommand implements Runnable {
  private final Cloudy cloudy;

  LeaveCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    cloudy.print(cloudy.client().post("/v1/leave", Json.object()), "Left the community.");
  }
}
