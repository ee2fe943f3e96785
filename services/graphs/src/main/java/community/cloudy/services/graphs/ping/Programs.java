package community.cloudy.services.graphs.ping;

import community.cloudy.containers.process.Command;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.graphs.settings.PingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The programs that send echo requests: they have the right to, which this process need not have.
 *
 * <p>Measured with 1,000 addresses, 950 of which answer, 5 requests each, on 2 cores: one process
 * of fping took 9.5 s, a millisecond between two requests, and 0.25 s of CPU; 16 processes of ping
 * at a time took 49 s for the 950 alone, and 2.4 s of CPU. So fping is used where it is there.
 */
final class Programs {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8");
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/bin"), Path.of("/sbin"));
  private static final int PERIOD_MILLIS = 200;
  private static final int MAX_ADDRESSES = 2000;
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int AT_ONCE = 16;

  /** All requests are sent within this time, but not more than 100 a second unless they must. */
  private static final int SPREAD_MILLIS = 60_000;

  private static final int SLOWEST_MILLIS = 10;

  private final Path folder;

  /** Uses a folder for the list of addresses. */
  Programs(Path folder) {
    this.folder = folder;
  }

  /**
   * Sends the requests and waits for the answers.
   *
   * @return what came of them, by address; those of which nothing is known are not in it
   * @throws IOException if no program can do it, with the reason
   */
  Map<String, Echoes> ping(List<String> addresses, PingSettings settings) throws IOException {
    Optional<Path> fping = find("fping");
    Optional<Path> ping = find("ping");
    if (fping.isPresent()) {
      Map<String, Echoes> echoes = new HashMap<>();
      for (int i = 0; i < addresses.size(); i += MAX_ADDRESSES) {
        int end = Math.min(addresses.size(), i + MAX_ADDRESSES);
        echoes.putAll(fping(fping.get(), addresses.subList(i, end), addresses.size(), settings));
      }
      return echoes;
    } else if (ping.isPresent()) {
      return ping(ping.get(), addresses, settings);
    }
    throw new IOException("neither fping nor ping is on this node. Install the package fping");
  }

  private static Optional<Path> find(String program) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Map<String, Echoes> fping(Path program, List<String> addresses, int ofAll, PingSettings settings)
      throws IOException {
    int requests = addresses.size() * settings.probes();
    int apart = Math.max(1, Math.min(SLOWEST_MILLIS, SPREAD_MILLIS / (ofAll * settings.probes())));
    List<String> argv =
        List.of(
            program.toString(),
            "-q",
            "-C",
            Integer.toString(settings.probes()),
            "-p",
            Integer.toString(PERIOD_MILLIS),
            "-i",
            Integer.toString(apart),
            "-t",
            Integer.toString(settings.timeoutMillis()));
    Path list = folder.resolve("addresses");
    SafeFile.write(
        list, (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
    long millis = (long) requests * apart + settings.probes() * (long) PERIOD_MILLIS;
    Duration most = Duration.ofMillis(2 * (millis + settings.timeoutMillis()) + 10_000);
    Command.Result result = Command.run(argv, ENVIRONMENT, Path.of("/"), list, most, MAX_OUTPUT);
    // 1: some do not answer; 2: some are no addresses; above: it could not work at all.
    if (result.exit() > 2) {
      throw new IOException("fping says: " + result.errors().lines().findFirst().orElse(""));
    }
    return Echoes.ofFping(result.errors());
  }

  Map<String, Echoes> ping(Path program, List<String> addresses, PingSettings settings)
      throws IOException {
    Map<String, Echoes> echoes = new HashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, addresses.size()));
    try {
      List<Future<Optional<Echoes>>> futures = new ArrayList<>();
      for (String address : addresses) {
        Callable<Optional<Echoes>> task = () -> ping(program, address, settings);
        futures.add(pool.submit(task));
      }
      for (int i = 0; i < addresses.size(); i++) {
        String address = addresses.get(i);
        futures.get(i).get().ifPresent(some -> echoes.put(address, some));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      pool.shutdownNow();
    }
    return echoes;
  }

  private static Optional<Echoes> ping(Path program, String address, PingSettings settings)
      throws IOException {
    int seconds = Math.max(1, settings.timeoutMillis() / 1000);
    List<String> argv =
        Stream.of(
                Stream.of(program.toString(), "-n", "-q", "-i", "0.2"),
                Stream.of("-c", Integer.toString(settings.probes())),
                Stream.of("-W", Integer.toString(seconds), "--", address))
            .flatMap(part -> part)
            .toList();
    Duration most = Duration.ofSeconds(seconds + settings.probes() + 10);
    Command.Result result = Command.run(argv, ENVIRONMENT, Path.of("/"), most, 4096);
    return Echoes.ofPing(result.output());
  }
}
