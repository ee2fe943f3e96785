package community.cloudy.services.peerstreamer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The UDP ports of this node, as the system tells. */
final class UdpPorts {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int HEX = 16;

  private UdpPorts() {}

  /** Tells whether a program has opened the port, at whatever address. */
  static boolean isOpen(int port) throws IOException {
    for (Path table : TABLES) {
      if (Files.exists(table)) {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
          if (lines.skip(1).anyMatch(line -> port(line) == port)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Returns the local port of a line such as {@code 12: 0100007F:1838 00000000:0000 07 …}. */
  static int port(String line) {
    String local = SPACE.split(line.strip(), 3)[1];
    return Integer.parseInt(local.substring(local.indexOf(':') + 1), HEX);
  }

  /** Tells whether the port can be opened at every address. */
  static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(port)) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }
}
