package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Boxes on one Ethernet: network namespaces with the address {@code 10.98.0.<box>}, joined by a
 * bridge in a namespace of its own, since firewall rules for containers reach bridges of the host.
 * All that is started in them ends with this.
 */
final class Neighbourhood implements AutoCloseable {
  private static final String PREFIX = "cloudy-md-" + ProcessHandle.current().pid() + "-";
  private static final String SWITCH = PREFIX + "switch";

  private final Path folder;
  private final int boxes;
  private final List<Program> programs = new ArrayList<>();

  /** A process in a box. */
  record Program(Process process, Path output) {
    String text() throws IOException {
      return Files.readString(output, StandardCharsets.UTF_8);
    }

    void say(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    int awaitExit() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private Neighbourhood(Path folder, int boxes) {
    this.folder = folder;
    this.boxes = boxes;
  }

  /** Builds it; skips the test if that is not allowed here. */
  static Neighbourhood of(Path folder, int boxes) throws Exception {
    assumeTrue(exists("ip"), "needs iproute2");
    Neighbourhood built = new Neighbourhood(folder, boxes);
    assumeTrue(built.ip("netns", "add", SWITCH) == 0, "needs the right to make network namespaces");
    built.ip("-n", SWITCH, "link", "add", "br0", "type", "bridge", "stp_state", "0");
    built.ip("-n", SWITCH, "link", "set", "br0", "up");
    for (int box = 1; box <= boxes; box++) {
      String space = PREFIX + box;
      String port = "p" + box;
      built.ip("netns", "add", space);
      built.ip(
          "link", "add", port, "netns", SWITCH, "type", "veth", "peer", "name", "eth0", "netns",
          space);
      built.ip("-n", SWITCH, "link", "set", port, "master", "br0", "up");
      built.ip("-n", space, "link", "set", "lo", "up");
      built.ip("-n", space, "addr", "add", address(box) + "/24", "brd", "+", "dev", "eth0");
      // Serf asks by IPv6 too, and gives up for a minute while an address is being checked.
      built.ip("-n", space, "link", "set", "eth0", "addrgenmode", "none");
      built.ip("-n", space, "link", "set", "eth0", "up");
      built.ip("-n", space, "addr", "add", "fe80::" + box + "/64", "dev", "eth0", "nodad");
      assertThat(built.ip("-n", space, "route", "add", "224.0.0.0/4", "dev", "eth0")).isZero();
    }
    return built;
  }

  static String address(int box) {
    return "10.98.0." + box;
  }

  static boolean exists(String program) {
    return List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/").stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place + program)));
  }

  /** Starts a process in a box. */
  Program start(int box, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", PREFIX + box));
    line.addAll(List.of(command));
    Path output = Files.createTempFile(folder, "out", ".txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    Program program = new Program(process, output);
    programs.add(program);
    return program;
  }

  /** Runs a process in a box to its end and returns what it printed. */
  String run(int box, String... command) throws Exception {
    Program program = start(box, command);
    program.awaitExit();
    return program.text();
  }

  private int ip(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      for (Program program : programs) {
        program.process().destroyForcibly();
      }
      for (int box = 1; box <= boxes; box++) {
        ip("netns", "del", PREFIX + box);
      }
      ip("netns", "del", SWITCH);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
