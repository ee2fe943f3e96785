package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.discovery.mdns.DnsAnswers.Search;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds this community's nodes on the same link, is found by them, and publishes services there.
 *
 * <p>Methods may be called on any thread and return at once: the work is done, in order, on one
 * daemon thread called {@code mdns}. Nothing happens before the first {@link #refresh}.
 */
public final class LinkDiscovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LinkDiscovery.class);
  private static final String CLOUDY_TYPE = "_cloudy._tcp.local.";
  private static final Pattern CONTAINERS = Pattern.compile("(docker|veth|br-).*");
  private static final int MAX_LINKS = 8;
  private static final int MAX_TASKS = 1_000;
  private static final int MAX_ADVERTS = 500;
  private static final long CLOSE_SECONDS = 10;

  /** Ids of the node's own entries, which no service has. */
  private static final String SERF_ID = " serf";

  private static final String CLOUDY_ID = " cloudy";

  private final String node;
  private final Optional<String> problem;
  private final Map<String, Entry> own = new LinkedHashMap<>();
  private final List<Search> searches = new ArrayList<>();
  private final Neighbours neighbours;
  private final ThreadPoolExecutor work =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_TASKS),
          task -> {
            Thread thread = new Thread(task, "mdns");
            thread.setDaemon(true);
            return thread;
          });

  // Of the mdns thread.
  private final Map<InetAddress, Link> links = new LinkedHashMap<>();
  private final Set<InetAddress> unopened = new HashSet<>();
  private final Map<String, Advert> adverts = new LinkedHashMap<>();
  private volatile boolean closing;

  /**
   * What the link gets to know of this node.
   *
   * @param name the node's name
   * @param community only nodes of this one are found: 1 to 80 characters
   * @param port where it gossips: 1 to 65535
   * @param version of its software: at most 80 characters
   * @param key the fingerprint of its key: at most 80 characters
   */
  public record Node(String name, String community, int port, String version, String key) {
    private static final int MAX = 80; // of three bytes each, an entry of a TXT record

    /** Checks the ranges. */
    public Node {
      if (community.isEmpty()
          || community.length() > MAX
          || version.length() > MAX
          || key.length() > MAX) {
        throw new IllegalArgumentException(
            "community, version and key must have at most " + MAX + " characters each");
      }
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
      }
    }
  }

  /**
   * Prepares discovery; opens nothing yet.
   *
   * @param found told once of each address where a node of the community gossips, and again if it
   *     was silent for a while; on the mdns thread. Nobody vouches for what it is told
   */
  public LinkDiscovery(Node self, Consumer<InetSocketAddress> found) {
    node = self.name();
    neighbours = new Neighbours(self.port(), found);
    String community = "community=" + self.community();
    add(CLOUDY_ID, CLOUDY_TYPE, self, community, "version=" + self.version(), "key=" + self.key());
    searches.add(new Search(CLOUDY_TYPE, Optional.of(community)));
    Optional<String> reason = Optional.empty();
    try {
      String type = DnsNames.serfType(self.community());
      add(SERF_ID, type, self, "Serf '" + self.community() + "' cluster");
      searches.add(new Search(type, Optional.empty()));
    } catch (IllegalArgumentException e) {
      reason = Optional.of(String.valueOf(e.getMessage()));
    }
    problem = reason;
    work.allowCoreThreadTimeOut(true);
  }

  private void add(String id, String type, Node self, String... text) {
    own.put(
        id,
        new Entry(DnsNames.instance(self.name()), type, self.port(), DnsNames.text(List.of(text))));
  }

  /** Returns why Serf agents and this node cannot find each other, if they cannot. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * Returns the addresses for {@link #refresh}: one of each network interface that is up and does
   * multicast, IPv4 if it has it, but none of the loopback interface and of containers.
   *
   * @throws SocketException if the system does not list its interfaces
   */
  public static List<InetAddress> usableAddresses() throws SocketException {
    List<InetAddress> usable = new ArrayList<>();
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      if (device.isUp()
          && device.supportsMulticast()
          && !device.isLoopback()
          && !isForContainers(device.getName())) {
        preferred(device.inetAddresses()).ifPresent(usable::add);
      }
    }
    return usable;
  }

  static boolean isForContainers(String device) {
    return CONTAINERS.matcher(device).matches();
  }

  /** Returns the first IPv4 address, else the first IPv6 address others can use. */
  static Optional<InetAddress> preferred(Stream<InetAddress> addresses) {
    List<InetAddress> all = addresses.filter(address -> !address.isLinkLocalAddress()).toList();
    return all.stream()
        .filter(address -> address.getAddress().length == 4)
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /**
   * Opens links on new addresses, closes those whose address is gone, and asks on all who is there:
   * call it once a minute, as Serf agents do. At most eight addresses are used.
   */
  public void refresh(List<InetAddress> addresses) {
    List<InetAddress> wanted = addresses.stream().distinct().limit(MAX_LINKS).toList();
    submit(() -> apply(wanted));
  }

  /** Publishes a service on the links, instead of the one with the same id. */
  public void publish(Advert advert) {
    submit(
        () -> {
          if (adverts.size() < MAX_ADVERTS || adverts.containsKey(advert.id())) {
            adverts.put(advert.id(), advert);
            links.values().forEach(link -> publish(link, advert));
            if (!links.isEmpty() && links.keySet().stream().noneMatch(advert::isFor)) {
              log.info("mdns service={} link=none reason=\"not on its address\"", advert.id());
            }
          }
        });
  }

  /** Takes a service from the links. */
  public void withdraw(String id) {
    submit(
        () -> {
          if (adverts.remove(id) != null) {
            links.values().forEach(link -> link.withdraw(id));
          }
        });
  }

  /** Says goodbye on all links, and returns when that is done, or after ten seconds. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    work.getQueue().clear();
    work.execute(this::closeLinks);
    work.shutdown();
    try {
      if (!work.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("mdns closing took too long, it goes on in the background");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Runnable task) {
    try {
      work.execute(
          () -> {
            try {
              if (!closing) {
                task.run();
              }
            } catch (RuntimeException e) {
              log.warn("mdns could not apply a change", e);
            }
          });
    } catch (RejectedExecutionException e) {
      log.warn("mdns is closed or too busy, a change is lost");
    }
  }

  private void apply(List<InetAddress> wanted) {
    neighbours.own(wanted);
    unopened.retainAll(wanted);
    for (Link link : List.copyOf(links.values())) {
      if (!wanted.contains(link.address()) || link.isWorn()) {
        links.remove(link.address());
        link.close();
        log.info("mdns link={} state=closed", link.address().getHostAddress());
      }
    }
    for (InetAddress address : wanted) {
      if (!links.containsKey(address) && !closing) {
        open(address);
      }
    }
    links.keySet().forEach(this::ask);
  }

  private void ask(InetAddress link) {
    try {
      if (!closing) {
        neighbours.answered(link, LinkQuery.ask(link, searches));
      }
    } catch (IOException e) {
      log.debug("mdns could not ask link={}", link.getHostAddress(), e);
    }
  }

  private void open(InetAddress address) {
    try {
      Link link = new Link(address, node);
      links.put(address, link);
      own.forEach(link::publish);
      adverts.values().forEach(advert -> publish(link, advert));
      unopened.remove(address);
      log.info("mdns link={} state=open", address.getHostAddress());
    } catch (IOException e) {
      if (unopened.add(address)) {
        log.warn(
            "mdns link={} state=closed reason=\"{}\"", address.getHostAddress(), e.getMessage());
      }
    }
  }

  private static void publish(Link link, Advert advert) {
    if (advert.isFor(link.address())) {
      link.publish(advert.id(), advert.entry());
    } else {
      link.withdraw(advert.id());
    }
  }

  /** All at once: each goodbye takes seconds. */
  private void closeLinks() {
    List<Thread> closers =
        links.values().stream().map(link -> new Thread(link::close, "mdns-close")).toList();
    closers.forEach(
        closer -> {
          closer.setDaemon(true);
          closer.start();
        });
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    links.clear();
  }
}
