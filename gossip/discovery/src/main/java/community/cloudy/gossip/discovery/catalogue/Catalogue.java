package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All announcements a node knows: a map from (node key, service id) in which the highest sequence
 * wins. Withdrawals are kept as long as announcements, so that nothing withdrawn comes back.
 */
final class Catalogue {
  /** Announcements of one node, withdrawn ones not counted. */
  static final int PER_NODE = 200;

  /** Withdrawals remembered of one node. */
  static final int WITHDRAWN_PER_NODE = 200;

  /** Announcements in all. */
  static final int MAX = 10_000;

  private final Map<NodeKey, Owner> owners = new HashMap<>();
  private int size;
  private int withdrawn;
  private long digest;

  /** What is known of one node. */
  static final class Owner {
    private final NodeKey key;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private String node;
    private int live;
    private long digest;

    Owner(NodeKey key, String node) {
      this.key = key;
      this.node = node;
    }

    NodeKey key() {
      return key;
    }

    /** Returns the name in the node's newest announcement. */
    String node() {
      return node;
    }

    /** Returns a sum over what it announces, withdrawals left out; 0 if there is nothing. */
    long digest() {
      return digest;
    }

    Collection<Entry> entries() {
      return Collections.unmodifiableCollection(entries.values());
    }

    @Nullable Entry find(String id) {
      return entries.get(id);
    }

    long highestSequence() {
      return entries.values().stream().mapToLong(Entry::sequence).max().orElse(0);
    }
  }

  /**
   * One announcement or withdrawal, kept as it came: ten thousand decoded ones would fill a small
   * box's heap.
   *
   * @param id of the service
   * @param sequence of the record
   * @param isWithdrawn whether it is a withdrawal
   * @param encoded the record
   * @param expiresAt when it lapses unless repeated, on the scheduler's clock
   * @param heardAt when it came, on the scheduler's clock
   * @param digest of the record
   */
  record Entry(
      String id,
      long sequence,
      boolean isWithdrawn,
      Bytes encoded,
      long expiresAt,
      long heardAt,
      long digest) {
    Announcement announcement() {
      return SignedAnnouncement.known(encoded);
    }
  }

  @Nullable Owner owner(NodeKey key) {
    return owners.get(key);
  }

  Collection<Owner> owners() {
    return Collections.unmodifiableCollection(owners.values());
  }

  /** Returns how many announcements there are, withdrawals left out. */
  int size() {
    return size;
  }

  /** Returns how many withdrawals are remembered. */
  int withdrawn() {
    return withdrawn;
  }

  /** Returns a sum over all announcements: equal catalogues have equal ones. */
  long digest() {
    return digest;
  }

  @Nullable Entry find(NodeKey key, String id) {
    Owner owner = owners.get(key);
    return owner == null ? null : owner.find(id);
  }

  /** Tells whether the catalogue already has this or something newer. */
  boolean has(NodeKey key, String id, long sequence) {
    Entry known = find(key, id);
    return known != null && known.sequence() >= sequence;
  }

  /** Tells whether the bounds let {@code record} in. */
  boolean hasRoomFor(SignedAnnouncement record) {
    return replaces(record.announcement())
        || (size < MAX && ownerHasRoomFor(record.announcement()));
  }

  /** Tells whether its node's bound lets {@code said} in, that of the whole catalogue aside. */
  boolean ownerHasRoomFor(Announcement said) {
    Owner owner = owners.get(said.key());
    return owner == null || owner.live < PER_NODE;
  }

  private boolean replaces(Announcement said) {
    Entry known = find(said.key(), said.id());
    return said.isWithdrawn() || (known != null && !known.isWithdrawn());
  }

  /** Puts in a record that is newer than what is known and has room. */
  void put(SignedAnnouncement record, long now, long expiresAt) {
    Announcement said = record.announcement();
    Owner owner = owners.computeIfAbsent(said.key(), key -> new Owner(key, said.node()));
    if (said.sequence() >= owner.highestSequence()) {
      owner.node = said.node();
    }
    remove(owner, said.id());
    Entry entry =
        new Entry(
            said.id(),
            said.sequence(),
            said.isWithdrawn(),
            record.encoded(),
            expiresAt,
            now,
            Digest.of(record.encoded()));
    owner.entries.put(entry.id(), entry);
    count(owner, entry, 1);
    forgetOldWithdrawals(owner);
  }

  private void forgetOldWithdrawals(Owner owner) {
    while (owner.entries.size() - owner.live > WITHDRAWN_PER_NODE) {
      owner.entries.values().stream()
          .filter(Entry::isWithdrawn)
          .min(Comparator.comparingLong(Entry::sequence))
          .ifPresent(oldest -> remove(owner, oldest.id()));
    }
  }

  private void remove(Owner owner, String id) {
    Entry entry = owner.entries.remove(id);
    if (entry != null) {
      count(owner, entry, -1);
    }
  }

  private void count(Owner owner, Entry entry, int change) {
    if (entry.isWithdrawn()) {
      withdrawn += change;
    } else {
      size += change;
      owner.live += change;
      owner.digest ^= entry.digest();
      digest ^= entry.digest();
    }
  }

  /** Removes and returns what {@code lapsed} accepts. */
  List<Entry> removeIf(BiPredicate<Owner, Entry> lapsed) {
    List<Entry> removed = new ArrayList<>();
    for (Owner owner : List.copyOf(owners.values())) {
      for (Entry entry : List.copyOf(owner.entries.values())) {
        if (lapsed.test(owner, entry)) {
          remove(owner, entry.id());
          removed.add(entry);
        }
      }
      if (owner.entries.isEmpty()) {
        owners.remove(owner.key);
      }
    }
    return removed;
  }
}
