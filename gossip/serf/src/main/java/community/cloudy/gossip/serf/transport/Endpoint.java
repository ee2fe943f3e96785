package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;

/**
 * An address and port, with the address bytes exactly as a member advertises them.
 *
 * <p>An IPv4-mapped IPv6 address is another endpoint than the IPv4 address it maps: Serf's peers
 * compare raw bytes (specification A16).
 *
 * @param address 4 or 16 bytes
 * @param port 1 to 65535
 */
public record Endpoint(Bytes address, int port) {
  /** Checks the address length and the port range. */
  public Endpoint {
    if (address.length() != 4 && address.length() != 16) {
      throw new IllegalArgumentException("address has " + address.length() + " bytes, not 4 or 16");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
  }

  /** Returns {@code 10.1.2.3:7946} or {@code [2001:db8:0:0:0:0:0:1]:7946}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (address.length() == 4) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? "" : ".").append(address.at(i) & 0xff);
      }
      return text.append(':').append(port).toString();
    }
    for (int i = 0; i < 16; i += 2) {
      int group = (address.at(i) & 0xff) << 8 | (address.at(i + 1) & 0xff);
      text.append(i == 0 ? "[" : ":").append(Integer.toHexString(group));
    }
    return text.append("]:").append(port).toString();
  }
}
