package community.cloudy.agent.setup;

import community.cloudy.agent.identity.MachineName;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a machine has that a node can use.
 *
 * @param addresses IPv4 by the name of its interface, loopback left out
 * @param engine the socket of the container engine, if it is there
 * @param programs path by name, of those that modules run and that are there
 * @param legacy whether an older Cloudy was set up here
 * @param nodeName that the node has since its first start
 */
public record Surroundings(
    Map<String, String> addresses,
    Optional<Path> engine,
    Map<String, Path> programs,
    boolean legacy,
    Optional<String> nodeName) {
  /** Where the name of a node is, with the usual {@code node.data}. */
  public static final Path NAME = Path.of("var/lib/cloudy/identity/node.name");

  private static final List<String> PROGRAMS =
      List.of("syncthing", "squid", "named", "ffmpeg", "fping", "docker-compose");
  private static final List<String> FOLDERS = List.of("usr/bin", "usr/sbin", "usr/local/bin");

  /** Copies the maps. */
  public Surroundings {
    addresses = new TreeMap<>(addresses);
    programs = new LinkedHashMap<>(programs);
  }

  /**
   * Looks around; what cannot be read is not there.
   *
   * @param root where the machine's files are, {@code /} but in tests
   */
  public static Surroundings look(Path root) {
    Map<String, Path> programs = new LinkedHashMap<>();
    for (String program : PROGRAMS) {
      FOLDERS.stream()
          .map(folder -> root.resolve(folder).resolve(program))
          .filter(Files::isExecutable)
          .findFirst()
          .ifPresent(path -> programs.put(program, path));
    }
    return new Surroundings(
        ownAddresses(),
        Optional.of(root.resolve("var/run/docker.sock")).filter(Files::exists),
        programs,
        Files.exists(root.resolve("etc/avahi-ps-serf.conf")),
        nodeName(root.resolve(NAME)));
  }

  private static Optional<String> nodeName(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> ownAddresses() {
    Map<String, String> addresses = new TreeMap<>();
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        if (card.isUp() && !card.isLoopback()) {
          card.getInterfaceAddresses().stream()
              .map(InterfaceAddress::getAddress)
              .filter(Inet4Address.class::isInstance)
              .findFirst()
              .ifPresent(address -> addresses.put(card.getName(), address.getHostAddress()));
        }
      }
    } catch (SocketException e) {
      return addresses;
    }
    return addresses;
  }

  /** Returns which of the programs are not there. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>(PROGRAMS);
    missing.removeAll(programs.keySet());
    return missing;
  }

  /** Returns the name to offer: the one the node has, else the machine's. */
  public String usualName() {
    return nodeName.orElseGet(MachineName::get);
  }
}
