package community.cloudy.services.graphs.snpservices;

import community.cloudy.containers.process.Command;
import community.cloudy.services.graphs.model.Inventory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pings and traces the way to devices, now, by the system's programs. Only to addresses that are
 * watched anyway, one at a time, and twelve a minute, so that nobody can use the node against
 * others.
 */
final class Live {
  private static final int MAX_COUNT = 10;
  private static final int A_MINUTE = 12;
  private static final int MAX_OUTPUT = 16_384;
  private static final Duration PING = Duration.ofSeconds(30);
  private static final Duration TRACE = Duration.ofSeconds(60);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

  private final InstantSource clock;
  private final Runner runner;
  private final Deque<Instant> begun = new ArrayDeque<>();
  private boolean busy;

  /** Runs a program. */
  interface Runner {
    /**
     * Returns what it says.
     *
     * @throws IOException if it cannot be started or takes longer
     */
    String run(List<String> argv, Duration atMost) throws IOException;
  }

  Live(InstantSource clock, Runner runner) {
    this.clock = clock;
    this.runner = runner;
  }

  /** Runs the programs of this machine. */
  static String system(List<String> argv, Duration atMost) throws IOException {
    Command.Result result = Command.run(argv, ENVIRONMENT, Path.of("/"), atMost, MAX_OUTPUT);
    return result.output() + result.errors();
  }

  Reply ping(Inventory inventory, String ip, long count) {
    String times = String.valueOf(Math.max(1, Math.min(MAX_COUNT, count)));
    return watched(inventory, ip)
        .map(address -> run(List.of("ping", "-c", times, address), PING))
        .orElseGet(Live::unknown);
  }

  Reply trace(Inventory inventory, String ip) {
    return watched(inventory, ip)
        .map(address -> run(List.of("traceroute", "-w", "2", "-m", "20", address), TRACE))
        .orElseGet(Live::unknown);
  }

  /** The text must be the address to the letter: nothing is looked up. */
  private static Optional<String> watched(Inventory inventory, String ip) {
    return inventory.all().stream()
        .flatMap(device -> device.address().stream())
        .map(InetAddress::getHostAddress)
        .filter(ip::equals)
        .findFirst();
  }

  private static Reply unknown() {
    return Reply.text("ERROR, this is not the address of a device that is watched here\n");
  }

  private Reply run(List<String> argv, Duration atMost) {
    if (!begin()) {
      return Reply.text(503, "ERROR, too many ask for this now: try again in a minute\n");
    }
    try {
      return Reply.text(runner.run(argv, atMost));
    } catch (IOException e) {
      return Reply.text(
          "ERROR, " + argv.get(0) + " could not be run: it is not installed, or took too long\n");
    } finally {
      end();
    }
  }

  private synchronized boolean begin() {
    Instant now = clock.instant();
    while (!begun.isEmpty() && begun.peek().isBefore(now.minusSeconds(60))) {
      begun.remove();
    }
    if (busy || begun.size() >= A_MINUTE) {
      return false;
    }
    begun.add(now);
    busy = true;
    return true;
  }

  private synchronized void end() {
    busy = false;
  }
}
