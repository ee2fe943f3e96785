package community.cloudy.agent.cli;

import community.cloudy.agent.setup.Answers;
import community.cloudy.agent.setup.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Has systemd start the agent anew with its first configuration, and looks how it is. */
record SetupEnd(Cloudy cloudy) {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  /** Returns the exit code of the doctor, or 0 if it is to be asked later. */
  int start(Answers answers, boolean renamed) {
    if (answers.engine().isPresent()
        && run("usermod", "--append", "--groups", "docker", "cloudy") != 0) {
      cloudy.err().println("The agent may not use the engine: there is no group docker.");
    }
    if (renamed) {
      forgetName();
    }
    if (!Files.isDirectory(SYSTEMD)) {
      cloudy.out().println("Next: start the agent, then cloudy doctor.");
      return 0;
    }
    if (run("systemctl", "restart", "cloudy.service") != 0) {
      throw new CliException(
          Cloudy.FAILED, "The agent did not start. Look with: journalctl -u cloudy");
    }
    DoctorCommand doctor = new DoctorCommand(cloudy);
    return doctor.call();
  }

  private static void forgetName() {
    try {
      if (Files.isDirectory(SYSTEMD)) {
        run("systemctl", "stop", "cloudy.service");
      }
      Files.deleteIfExists(Path.of("/").resolve(Surroundings.NAME));
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not rename the node: " + e.getMessage());
    }
  }

  private static int run(String... argv) {
    try {
      return new ProcessBuilder(List.of(argv)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not run " + argv[0] + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(Cloudy.FAILED, "Interrupted.");
    }
  }
}
