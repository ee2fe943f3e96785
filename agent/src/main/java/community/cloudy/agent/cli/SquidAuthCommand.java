package community.cloudy.agent.cli;

import community.cloudy.services.squid.login.LoginPipe;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers a Squid that a person has set up by hand; the module for Squid does without it. */
@Command(
    name = "squid-auth",
    description =
        "Answers Squid's questions about logins (auth_param basic program, with concurrency and"
            + " key_extras \"%%>a\") by this node's.")
final class SquidAuthCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(
      paramLabel = "SOCKET",
      description = "door/login.sock in the folder of the module for Squid.")
  private Path socket = Path.of("login.sock");

  SquidAuthCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    try {
      LoginPipe.run(socket, cloudy.in(), System.out);
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not answer Squid: " + e.getMessage());
    }
  }
}
