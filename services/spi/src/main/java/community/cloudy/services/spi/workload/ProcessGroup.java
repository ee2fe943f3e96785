package community.cloudy.services.spi.workload;

import community.cloudy.containers.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All processes of a group; Java knows no signals to them, so a program sends these. */
final class ProcessGroup {
  private static final Logger log = LoggerFactory.getLogger(ProcessGroup.class);
  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final int SAID = 1024;

  private ProcessGroup() {}

  /** Sends {@code signal} to the group that {@code leader} leads or led; none may be left. */
  static void signal(String signal, long leader) {
    try {
      Command.run(
          List.of("kill", "-" + signal, "--", "-" + leader),
          Map.of("PATH", "/usr/bin:/bin", "LANG", "C"),
          Path.of("/"),
          AT_MOST,
          SAID);
    } catch (IOException e) {
      log.error("Could not signal processes group={} signal={}", leader, signal, e);
    }
  }
}
