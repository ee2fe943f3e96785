package community.cloudy.services.squid;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's addresses and the networks of its containers, sorted.
 *
 * @param addresses all of them
 * @param containers networks of bridges that the container engine has made
 */
record OwnAddresses(Set<String> addresses, Set<String> containers) {
  private static final Logger log = LoggerFactory.getLogger(OwnAddresses.class);

  /** Looks at the network interfaces. */
  static OwnAddresses now() {
    OwnAddresses own = new OwnAddresses(new TreeSet<>(), new TreeSet<>());
    own.containers.add("172.17.0.0/16");
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        boolean bridge = each.getName().startsWith("docker") || each.getName().startsWith("br-");
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
          own.addresses.add(text(address.getAddress()));
          if (bridge) {
            own.containers.add(text(address.getAddress()) + "/" + address.getNetworkPrefixLength());
          }
        }
      }
    } catch (SocketException e) {
      log.warn("Could not look at the network interfaces: {}", e.getMessage());
    }
    return own;
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
