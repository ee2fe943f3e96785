package community.cloudy.agent;

import community.cloudy.agent.api.ApiServer;
import community.cloudy.agent.cli.Cloudy;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.log.Logging;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Two short lives of a node, the first and a later one, alone on loopback in a temporary folder,
 * for the JVM to see which classes a node needs.
 */
final class Rehearsal {
  private final String version;
  private final Path folder;
  private final boolean idle;
  private final Function<AgentConfig, Agent.CommunityStarter> gossip;

  private Rehearsal(
      String version,
      Path folder,
      boolean idle,
      Function<AgentConfig, Agent.CommunityStarter> gossip) {
    this.version = version;
    this.folder = folder;
    this.idle = idle;
    this.gossip = gossip;
  }

  /**
   * Returns 0 if the node started, answered and stopped.
   *
   * @param idle whether nobody uses it but to look at the dashboard
   */
  static int run(
      String version, boolean idle, Function<AgentConfig, Agent.CommunityStarter> gossip) {
    try {
      Path folder = Files.createTempDirectory("cloudy");
      try {
        Rehearsal rehearsal = new Rehearsal(version, folder, idle, gossip);
        return rehearsal.live() + rehearsal.live();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int live() throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(file, yaml());
    ConfigFiles files = new ConfigFiles(Optional.of(file), List.of());
    AgentConfig config = files.load();
    Logging.start(config.log());
    // Nobody needs the password of an admin who is gone at once.
    try (Agent agent = quietly(() -> Agent.start(version, files, config, gossip.apply(config)))) {
      return idle ? look(agent.api()) : use(agent.api());
    }
  }

  /** Asks as a browser and a supervisor would, but with nothing that would itself need classes. */
  private static int look(ApiServer api) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port().orElseThrow())) {
      String get = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return api.answers() && answer.length > 0 ? 0 : 1;
    }
  }

  /** Does {@code work} without showing what it says on standard error; the log goes on. */
  private static <T> T quietly(Supplier<T> work) {
    PrintStream err = System.err;
    System.setErr(nowhere());
    try {
      return work.get();
    } finally {
      System.setErr(err);
    }
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private int use(ApiServer api) {
    String socket = "unix:" + folder.resolve("sock");
    String tcp = "http://127.0.0.1:" + api.port().orElseThrow();
    // Over TCP it is not known who calls, and that they are told so is an answer, too.
    boolean refused = quietly(() -> command("members", "--api", tcp)) == 1;
    return command("members", "--api", socket)
        + command("members", "-o", "json", "--status", "alive", "--api", socket)
        + (refused ? 0 : 1);
  }

  /** Runs a command without showing what it says. */
  private int command(String... arguments) {
    PrintStream out = System.out;
    System.setOut(nowhere());
    try {
      return Cloudy.run(version, new Foreground(version), arguments);
    } finally {
      System.setOut(out);
    }
  }

  private String yaml() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return """
          node: {name: rehearsal, data: '%1$s/data'}
          gossip: {bind: '127.0.0.1:%2$d', profile: local, tags: {rehearsal: yes}}
          api: {listen: '127.0.0.1:0', socket: '%1$s/sock'}
          log: {level: warn}
          %3$s
          """
          .formatted(folder, free.getLocalPort(), idle ? "containers: {engine: ''}" : "");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
