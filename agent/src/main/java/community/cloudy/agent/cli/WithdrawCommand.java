package community.cloudy.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Withdraws a service of this node. */
@Command(name = "withdraw", description = "Withdraws a service that this node announces.")
final class WithdrawCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(paramLabel = "ID", description = "As announce and why name it.")
  private String id = "";

  WithdrawCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    String path = new RequestPath("/v1/announcements").at(id).toString();
    cloudy.print(cloudy.client().delete(path), "Withdrew " + id + ".");
  }
}
