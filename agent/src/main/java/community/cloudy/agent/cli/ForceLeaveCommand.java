package community.cloudy.agent.cli;

import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares a failed node as left. */
@Command(name = "force-leave", description = "Declares a failed node as left.")
final class ForceLeaveCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--prune", description = "Also forgets it at once.")
  private boolean prune;

  @Parameters(paramLabel = "NODE", description = "The node's name.")
  private String node = "";

  ForceLeaveCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    var body = Json.object().put("node", node).put("prune", prune);
    cloudy.print(cloudy.client().post("/v1/force-leave", body), node + " counts as left.");
  }
}
