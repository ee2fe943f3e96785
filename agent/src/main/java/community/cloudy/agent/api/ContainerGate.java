package community.cloudy.agent.api;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Refuses callers who sit in a container on this machine: an app must not manage the node that runs
 * it. Docker gives its bridges known names.
 */
final class ContainerGate {
  private static final Pattern BRIDGE =
      Pattern.compile("docker[0-9]+|docker_gwbridge|br-[0-9a-f]{12}");

  private final Supplier<Stream<Network>> networks;

  /** Asks {@code networks}, at every call, what this machine is connected to. */
  ContainerGate(Supplier<Stream<Network>> networks) {
    this.networks = networks;
  }

  /**
   * A network that this machine is connected to.
   *
   * @param through the interface
   * @param own this machine's address there
   * @param prefix how many of its leading bits name the network
   */
  record Network(String through, InetAddress own, int prefix) {
    boolean contains(InetAddress address) {
      byte[] here = own.getAddress();
      byte[] there = address.getAddress();
      if (here.length != there.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        if (((here[bit / 8] ^ there[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns what this machine is connected to now. */
  static Stream<Network> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(
              through ->
                  through.getInterfaceAddresses().stream()
                      .map(
                          at ->
                              new Network(
                                  through.getName(),
                                  at.getAddress(),
                                  at.getNetworkPrefixLength())));
    } catch (SocketException e) {
      return Stream.empty();
    }
  }

  /**
   * Checks where a caller is.
   *
   * @throws ApiException if that is a network of containers
   */
  void check(InetAddress caller) {
    if (caller.isLoopbackAddress()) {
      return;
    }
    if (networks
        .get()
        .filter(network -> BRIDGE.matcher(network.through()).matches())
        .anyMatch(network -> network.contains(caller))) {
      throw new ApiException(
          ProblemCode.FORBIDDEN,
          "Containers on this node may not call it. Set api.from_containers if one has to.");
    }
  }
}
