package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.discovery.mdns.DnsAnswers.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who has answered, on all links together: every socket may hear every link. Tells of each address
 * once, and again after it has been silent. For one thread.
 */
final class Neighbours {
  /** More than this are not believed. */
  static final int MAX = 256;

  /** How many questions in a row one may leave unanswered: some get lost on wireless links. */
  static final int PATIENCE = 3;

  private final int ownPort;
  private final Consumer<InetSocketAddress> found;
  private final Map<Key, Neighbour> known = new HashMap<>();
  private Set<InetAddress> own = Set.of();

  private record Key(InetAddress link, String instance) {}

  private record Neighbour(InetSocketAddress address, int silent) {}

  Neighbours(int ownPort, Consumer<InetSocketAddress> found) {
    this.ownPort = ownPort;
    this.found = found;
  }

  /** Sets the links, which are also the addresses where this node itself will be heard. */
  void own(Collection<InetAddress> addresses) {
    own = new HashSet<>(addresses);
    known.keySet().removeIf(key -> !own.contains(key.link()));
  }

  /** Takes what was answered to one question on a link. */
  void answered(InetAddress link, List<Answer> answers) {
    known.replaceAll(
        (key, old) ->
            key.link().equals(link) ? new Neighbour(old.address(), old.silent() + 1) : old);
    for (Answer answer : answers) {
      address(answer).ifPresent(address -> heard(new Key(link, answer.instance()), address));
    }
    known.values().removeIf(neighbour -> neighbour.silent() >= PATIENCE);
  }

  private void heard(Key key, InetSocketAddress address) {
    boolean self = address.getPort() == ownPort && own.contains(address.getAddress());
    boolean full = known.size() >= MAX && !known.containsKey(key);
    if (!self && !full) {
      boolean news = known.values().stream().noneMatch(old -> old.address().equals(address));
      known.put(key, new Neighbour(address, 0));
      if (news) {
        found.accept(address);
      }
    }
  }

  /** Returns the first address of {@code answer} that can be joined. */
  private static Optional<InetSocketAddress> address(Answer answer) {
    return answer.addresses().stream()
        .filter(address -> answer.port() != 0 && isJoinable(address))
        .findFirst()
        .map(address -> new InetSocketAddress(address, answer.port()));
  }

  private static boolean isJoinable(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress();
  }
}
