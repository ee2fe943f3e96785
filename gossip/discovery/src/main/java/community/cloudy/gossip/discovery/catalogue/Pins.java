package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.NodeKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which key each node's name belongs to. The first key seen with a name keeps it; another one is an
 * alarm until a person accepts it. Only a trusted key takes a name from one that is not.
 */
final class Pins {
  /** Names remembered: twice the largest community there is room for. */
  static final int MAX = 20_000;

  private final Set<String> trusted;
  private final Map<String, NodeKey> pinned = new LinkedHashMap<>();
  private final Map<String, NodeKey> claimed = new LinkedHashMap<>();
  private boolean changed;

  /** Creates an empty one; {@code trusted} are fingerprints. */
  Pins(Set<String> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /** What a claim to a name comes to. */
  enum Claim {
    /** The name is the key's. */
    RIGHT,
    /** The name is another key's, and that was known before. */
    WRONG,
    /** The name is another key's, and this is the first that is heard of it. */
    ALARM,
    /** The name was taken from a key that is not trusted. */
    TAKEN
  }

  /** Tells whether a person has listed {@code key} as trusted. */
  boolean isTrusted(NodeKey key) {
    return !trusted.isEmpty() && trusted.contains(key.fingerprint());
  }

  /** Takes note that {@code key} has signed an announcement as {@code node}. */
  Claim claim(String node, NodeKey key) {
    NodeKey owner = pinned.get(node);
    if (owner == null && pinned.size() < MAX) {
      pin(node, key);
      return Claim.RIGHT;
    }
    if (owner == null || owner.equals(key)) {
      return Claim.RIGHT;
    }
    if (isTrusted(key) && !isTrusted(owner)) {
      pin(node, key);
      return Claim.TAKEN;
    }
    boolean known = key.equals(claimed.put(node, key));
    return known ? Claim.WRONG : Claim.ALARM;
  }

  /** Gives {@code node}'s name to {@code key}. */
  void pin(String node, NodeKey key) {
    pinned.put(node, key);
    claimed.remove(node);
    changed = true;
  }

  Optional<NodeKey> owner(String node) {
    return Optional.ofNullable(pinned.get(node));
  }

  int size() {
    return pinned.size();
  }

  Map<String, NodeKey> all() {
    return Map.copyOf(pinned);
  }

  /** Returns the last wrong claim to each name that has one. */
  Map<String, NodeKey> claims() {
    return Map.copyOf(claimed);
  }

  /** Tells whether pins have changed since this was last asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
