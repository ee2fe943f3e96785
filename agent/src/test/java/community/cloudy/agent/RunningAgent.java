package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An agent as its owner runs it, alone on loopback, with its state in a folder of the test. */
public final class RunningAgent implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("target/cloudy/bin/cloudy").toAbsolutePath();

  private final Path folder;
  private final int port;
  private final Process process;

  private RunningAgent(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one and returns once its API answers. */
  public static RunningAgent start(Path folder) throws Exception {
    return start(folder, "", "");
  }

  /**
   * Starts one with more configuration.
   *
   * @param gossip keys of that section in braces, each with a comma before it
   * @param sections after the others
   */
  static RunningAgent start(Path folder, String gossip, String sections) throws Exception {
    return start("attic", freePort(), folder, gossip, sections);
  }

  /** Starts one of that name, which gossips on that port of loopback. */
  static RunningAgent start(
      String name, int gossipPort, Path folder, String gossip, String sections) throws Exception {
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("cloudy.yaml"),
            """
            node: {name: %6$s, data: %1$s/state}
            gossip: {bind: 127.0.0.1:%2$d%4$s}
            discovery: {mdns: false}
            api: {listen: 127.0.0.1:%3$d, socket: %1$s/sock}
            containers: {engine: }
            log: {level: debug}
            %5$s
            """
                .formatted(folder, gossipPort, port, gossip, sections, name));
    RunningAgent agent =
        new RunningAgent(
            folder,
            port,
            new ProcessBuilder(LAUNCHER.toString(), "agent", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start());
    await("the agent answers")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(folder.resolve("sock")) && agent.answers());
    return agent;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private boolean answers() throws Exception {
    return process.isAlive() && run("members").exit() == 0;
  }

  /** What a command said. */
  public record Result(int exit, String output) {}

  /** Runs the {@code cloudy} command against it. */
  public Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--api", "unix:" + folder.resolve("sock")));
    Path output = Files.createTempFile(folder, "run", "");
    Process run =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).as(command + " ends").isTrue();
    return new Result(run.exitValue(), Files.readString(output));
  }

  /** Returns where its configuration, its state and its socket are. */
  Path folder() {
    return folder;
  }

  /** Returns where its API listens. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns the password that was made for {@code admin}. */
  public String password() throws IOException {
    return Files.readString(folder.resolve("state/auth/first-admin-password")).strip();
  }

  /** Returns the words it was started with, as {@code ps} shows them to everybody. */
  String arguments() throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
        + Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
  }

  /** Returns what it logged. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("agent.log"));
  }

  /** Ends what modules of an agent in {@code folder} have left running, after a failed test. */
  static void endServices(Path folder) throws IOException {
    Path services = folder.resolve("state/services");
    if (Files.isDirectory(services)) {
      try (Stream<Path> files = Files.walk(services, 3)) {
        for (Path run : files.filter(file -> file.toString().endsWith(".run")).toList()) {
          String[] line = Files.readString(run).split(" ", 3);
          ProcessHandle.of(Long.parseLong(line[0]))
              .filter(
                  process ->
                      process.info().startInstant().map(Instant::toEpochMilli).orElse(0L)
                          == Long.parseLong(line[1]))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  /** Ends it as a power cut would, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it in order, or else at once. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
