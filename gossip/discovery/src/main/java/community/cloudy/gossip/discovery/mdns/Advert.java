package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.serf.wire.Bytes;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A service of this node as the home network gets to see it.
 *
 * @param id the service, for {@link LinkDiscovery#withdraw}
 * @param name what people see; cut to 63 bytes, with hyphens for what DNS cannot hold
 * @param type of DNS-SD, from {@link DnsNames#serviceType}
 * @param port where it listens: 1 to 65535
 * @param address the one address on which it listens; empty if on all. On a link with another
 *     address it is not published
 * @param text attributes: keys of 1 to 32 characters without {@code =}, at most 255 bytes each
 *     entry and 1,024 in all
 */
public record Advert(
    String id,
    String name,
    String type,
    int port,
    Optional<InetAddress> address,
    SortedMap<String, String> text) {
  private static final Pattern TYPE = Pattern.compile("_[a-z0-9-]{1,15}\\._(tcp|udp)");
  private static final Pattern KEY = Pattern.compile("[ -~&&[^=]]{1,32}");

  /** Checks the ranges and makes the text unmodifiable. */
  public Advert {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("type is no type of DNS-SD, such as _http._tcp");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
    if (!text.keySet().stream().allMatch(key -> KEY.matcher(key).matches())) {
      throw new IllegalArgumentException("a text key is not 1 to 32 ASCII characters without =");
    }
    text = Collections.unmodifiableSortedMap(new TreeMap<>(text));
    data(text);
  }

  private static Bytes data(Map<String, String> text) {
    return DnsNames.text(
        text.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
  }

  /** Tells whether it can be reached on the link with {@code link}. */
  boolean isFor(InetAddress link) {
    return address.map(link::equals).orElse(true);
  }

  /** Returns the records to publish. */
  Entry entry() {
    return new Entry(DnsNames.instance(name), type + ".local.", port, data(text));
  }
}
