package community.cloudy.containers.apps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Which hosts this node may fetch from. The community's network is made of private addresses, so
 * those are fine; refused are this node itself, its link and its containers, which strangers must
 * not reach through it.
 *
 * @param allowed names or addresses to which all that does not apply
 */
public record Reach(Set<String> allowed) {
  /** Copies the set. */
  public Reach {
    allowed = Set.copyOf(allowed);
  }

  /**
   * Returns the one address to use for {@code host}.
   *
   * @throws AppException if it has none, or one that is refused
   */
  InetAddress resolve(String host) {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      InetAddress[] addresses = InetAddress.getAllByName(name);
      if (!allowed.contains(name)) {
        for (InetAddress address : addresses) {
          check(name, address);
        }
      }
      return addresses[0];
    } catch (UnknownHostException e) {
      throw new AppException(
          AppException.Code.UNAVAILABLE,
          "Could not read the catalogue: " + name + " has no address. Check the name.",
          e);
    } catch (IOException e) {
      throw new AppException(
          AppException.Code.UNAVAILABLE, "Could not read the catalogue: " + e + ".", e);
    }
  }

  private static void check(String name, InetAddress address) throws SocketException {
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || isThisNode(address)) {
      throw new AppException(
          AppException.Code.INVALID,
          ("Could not read the catalogue: %s leads to %s, which is this node, its link or its"
                  + " containers. Use the address of another node, or allow this one in the"
                  + " configuration.")
              .formatted(name, address.getHostAddress()));
    }
  }

  private static boolean isThisNode(InetAddress address) throws SocketException {
    for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
      boolean bridge = link.getName().startsWith("docker") || link.getName().startsWith("br-");
      for (InterfaceAddress mine : link.getInterfaceAddresses()) {
        int bits = bridge ? mine.getNetworkPrefixLength() : 8 * address.getAddress().length;
        if (isWithin(address, mine.getAddress(), bits)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isWithin(InetAddress address, InetAddress network, int bits) {
    byte[] mine = address.getAddress();
    byte[] theirs = network.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(mine, 0, whole, theirs, 0, whole)
        && (rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0);
  }

  /** Reaches nothing special. */
  public static Reach ordinary() {
    return new Reach(Set.of());
  }
}
