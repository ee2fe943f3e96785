package community.cloudy.gossip.discovery.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.jmdns.ServiceInfo;
import javax.jmdns.impl.JmDNSImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * jmdns on one address: what is published there. All methods may block for seconds; for one thread.
 */
final class Link {
  private static final Logger log = LoggerFactory.getLogger(Link.class);

  /** As Serf's own records (specification B12). */
  private static final int PRIORITY = 10;

  private static final int WEIGHT = 1;

  /** jmdns keeps all it hears; a link that fills it up with more is opened afresh. */
  private static final int MAX_CACHED = 5_000;

  private final InetAddress address;
  private final JmDNSImpl dns;
  private final List<Thread> threads;
  private final Map<String, Published> published = new HashMap<>();

  private record Published(Entry entry, ServiceInfo info) {}

  /**
   * Opens the link.
   *
   * @param node names the host there
   * @throws IOException if the multicast group cannot be joined on that address
   */
  Link(InetAddress address, String node) throws IOException {
    this.address = address;
    String host = DnsNames.host(node, address.getAddress());
    // With the name within, nobody looks it up.
    dns = new JmDNSImpl(InetAddress.getByAddress(host, address.getAddress()), host);
    threads = threadsNamed("(" + host + ")");
  }

  private static List<Thread> threadsNamed(String part) {
    Thread[] all = new Thread[Thread.activeCount() + 32];
    int count = Thread.enumerate(all);
    return Stream.of(all).limit(count).filter(t -> t.getName().contains(part)).toList();
  }

  InetAddress address() {
    return address;
  }

  /**
   * Tells whether the link must be opened afresh: one bad packet can end jmdns' listening thread,
   * unnoticed by itself, and a neighbour can fill its cache.
   */
  boolean isWorn() {
    return dns.isCanceling()
        || dns.isCanceled()
        || !threads.stream().allMatch(Thread::isAlive)
        || dns.getCache().allValues().size() > MAX_CACHED;
  }

  /** Publishes {@code entry}, instead of what was published as {@code id} before. */
  void publish(String id, Entry entry) {
    Published old = published.get(id);
    if (old != null && old.entry().isSameService(entry)) {
      if (!old.entry().equals(entry)) {
        old.info().setText(entry.text().array());
        published.put(id, new Published(entry, old.info()));
      }
      return;
    }
    withdraw(id);
    ServiceInfo info =
        ServiceInfo.create(
            entry.type(), entry.instance(), entry.port(), WEIGHT, PRIORITY, entry.text().array());
    try {
      dns.registerService(info);
      published.put(id, new Published(entry, info));
    } catch (IOException | IllegalStateException e) {
      log.warn("mdns publish failed link={} type={}", address.getHostAddress(), entry.type(), e);
    }
  }

  /** Says goodbye for what was published as {@code id}, if anything was. */
  void withdraw(String id) {
    Published old = published.remove(id);
    if (old != null) {
      dns.unregisterService(old.info());
    }
  }

  /** Says goodbye for everything and closes the socket. */
  void close() {
    try {
      dns.close();
    } catch (RuntimeException e) {
      log.warn("mdns close failed link={}", address.getHostAddress(), e);
    }
  }
}
