package community.cloudy.services.peerstreamer;

import community.cloudy.containers.process.Command;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line that a streamer understands. None has a flag that binds the port on which it
 * takes a source's datagrams to loopback.
 */
public enum Dialect {
  /** That of the program at hand. */
  AUTO,
  /** That of {@code streamer-udp-grapes}, which old Cloudy ships. */
  CLASSIC,
  /** That of PeerStreamer-engine's {@code pstreamer}. */
  ENGINE;

  private static final Duration TELLS_WITHIN = Duration.ofSeconds(5);
  private static final int MAX_HELP = 16 * 1024;
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Returns this, or for {@link #AUTO} what the program's name or its help tells.
   *
   * @throws ServiceException if they tell nothing
   */
  Dialect of(Path program) {
    if (this != AUTO) {
      return this;
    }
    String name = String.valueOf(program.getFileName());
    if (name.startsWith("streamer-")) {
      return CLASSIC;
    } else if (name.startsWith("pstreamer")) {
      return ENGINE;
    }
    String help = help(program);
    if (help.contains("-F config")) {
      return CLASSIC;
    } else if (help.contains("-c <config_str>")) {
      return ENGINE;
    }
    throw new ServiceException(
        Code.INVALID,
        "Neither name nor help of %s tell its command line. Set dialect to classic or engine."
            .formatted(program));
  }

  private static String help(Path program) {
    try {
      Command.Result result =
          Command.run(
              List.of(program.toString(), "-h"),
              Map.of("PATH", "/usr/bin:/bin", "LANG", "C"),
              Path.of("/"),
              TELLS_WITHIN,
              MAX_HELP);
      return result.output() + result.errors();
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not ask %s for its help: %s".formatted(program, e.getMessage()), e);
    }
  }

  /**
   * Returns the command of a streamer that sends what its input port gets, or what a peer sends.
   */
  List<String> command(Path program, String networkInterface, Ports ports, Optional<Peer> from) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(
        this == ENGINE
            ? engine(networkInterface, ports, from)
            : classic(networkInterface, ports, from));
    return command;
  }

  private static List<String> classic(String networkInterface, Ports ports, Optional<Peer> from) {
    List<String> arguments =
        new ArrayList<>(List.of("-I", networkInterface, "-P", String.valueOf(ports.peers())));
    if (from.isPresent()) {
      arguments.addAll(List.of("-i", from.get().address()));
      arguments.addAll(List.of("-p", String.valueOf(from.get().port())));
    }
    String what =
        from.isPresent()
            ? "null,dechunkiser=udp,port0=" + ports.meter()
            : "null,chunkiser=udp,port0=" + ports.input();
    arguments.addAll(List.of(from.isPresent() ? "-F" : "-f", what + ",addr=" + LOOPBACK));
    return arguments;
  }

  private static List<String> engine(String networkInterface, Ports ports, Optional<Peer> from) {
    List<String> arguments = new ArrayList<>();
    from.ifPresent(peer -> arguments.addAll(List.of("-i", peer.address())));
    // A streamer that joins nobody is the source.
    arguments.addAll(List.of("-p", String.valueOf(from.map(Peer::port).orElse(0))));
    String what =
        from.isPresent()
            ? "dechunkiser=udp,port0=" + ports.meter()
            : "chunkiser=udp,port0=" + ports.input();
    arguments.add("-c");
    arguments.add(
        "iface=%s,port=%d,%s,addr=%s".formatted(networkInterface, ports.peers(), what, LOOPBACK));
    return arguments;
  }
}
