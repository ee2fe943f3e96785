package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The table of peers, the shuffled order in which they are probed, and random picks from it. */
final class Peers {
  /** More nodes than the largest community; bounds what strangers can make us remember. */
  static final int MAX = 20_000;

  private final RandomGenerator random;
  private final Map<Bytes, Peer> byName = new HashMap<>();
  private final List<Peer> order = new ArrayList<>();
  private int next;
  private int present;

  Peers(RandomGenerator random) {
    this.random = random;
  }

  @Nullable Peer find(Bytes name) {
    return byName.get(name);
  }

  boolean isFull() {
    return order.size() >= MAX;
  }

  /** Returns how many nodes are known, in any state. */
  int size() {
    return order.size();
  }

  /** Returns how many nodes are alive or suspect, this one included. */
  int present() {
    return present;
  }

  void countPresent(State before, State after) {
    present += (Peer.isPresent(after) ? 1 : 0) - (Peer.isPresent(before) ? 1 : 0);
  }

  Collection<Peer> all() {
    return Collections.unmodifiableList(order);
  }

  /** Adds a peer at a random place, so that nodes that join together are not probed together. */
  void add(Peer peer) {
    byName.put(peer.name(), peer);
    order.add(peer);
    Collections.swap(order, random.nextInt(order.size()), order.size() - 1);
  }

  /**
   * Returns the next peer to probe that {@code wanted} accepts, forgetting old ones at each lap.
   */
  @Nullable Peer nextToProbe(Predicate<Peer> wanted, Predicate<Peer> expired) {
    for (int seen = 0; seen <= order.size(); seen++) {
      if (next >= order.size()) {
        next = 0;
        forget(expired);
        shuffle();
        if (order.isEmpty()) {
          return null;
        }
      }
      Peer peer = order.get(next++);
      if (wanted.test(peer)) {
        return peer;
      }
    }
    return null;
  }

  private void shuffle() {
    for (int i = order.size(); i > 1; i--) {
      Collections.swap(order, i - 1, random.nextInt(i));
    }
  }

  private void forget(Predicate<Peer> expired) {
    order.removeIf(
        peer -> {
          boolean gone = expired.test(peer);
          if (gone) {
            byName.remove(peer.name());
          }
          return gone;
        });
  }

  /** Picks up to {@code count} distinct peers that {@code wanted} accepts, close to uniformly. */
  List<Peer> pick(int count, Predicate<Peer> wanted) {
    List<Peer> picked = new ArrayList<>(count);
    int size = order.size();
    for (int tries = 0; tries < 4 * count && picked.size() < count && size > 0; tries++) {
      Peer peer = order.get(random.nextInt(size));
      if (wanted.test(peer) && !picked.contains(peer)) {
        picked.add(peer);
      }
    }
    if (picked.size() < count) {
      fill(picked, count, wanted);
    }
    return picked;
  }

  private void fill(List<Peer> picked, int count, Predicate<Peer> wanted) {
    int size = order.size();
    int start = size == 0 ? 0 : random.nextInt(size);
    for (int i = 0; i < size && picked.size() < count; i++) {
      Peer peer = order.get((start + i) % size);
      if (wanted.test(peer) && !picked.contains(peer)) {
        picked.add(peer);
      }
    }
  }
}
