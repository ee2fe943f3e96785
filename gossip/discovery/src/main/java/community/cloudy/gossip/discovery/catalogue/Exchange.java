package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Entry;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Owner;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Done;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Fetch;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Item;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Offer;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.OwnerDigest;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.OwnerState;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Owners;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Records;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Reference;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Summary;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares this catalogue with another node's and finds what each lacks. No state of its own. */
final class Exchange {
  /** Bytes of records in one message: a few seconds of a thin link. */
  private static final int BUDGET = 512 * 1024;

  /** What lapses within this time is not worth sending. */
  private static final long FADING = SECONDS.toNanos(60);

  private final Catalogue catalogue;

  Exchange(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Summary summary() {
    return new Summary(catalogue.digest());
  }

  /**
   * Answers what a peer says.
   *
   * @param brought gets the records a peer brings
   */
  ExchangeMessage answer(ExchangeMessage request, long now, Consumer<Item> brought)
      throws RecordException {
    if (request instanceof Summary summary) {
      return summary.digest() == catalogue.digest() ? new Done() : owners();
    }
    if (request instanceof Fetch fetch) {
      return records(fetch, now);
    }
    if (request instanceof Offer offer) {
      offer.items().forEach(brought);
      return new Done();
    }
    throw new RecordException("not a request");
  }

  private Owners owners() {
    return new Owners(
        catalogue.owners().stream()
            .map(owner -> new OwnerDigest(owner.key(), owner.digest()))
            .toList());
  }

  /** Returns the nodes about which a peer and this node differ. */
  Set<NodeKey> differences(Owners theirs) {
    Set<NodeKey> different = new HashSet<>();
    catalogue.owners().forEach(owner -> different.add(owner.key()));
    for (OwnerDigest owner : theirs.owners()) {
      Owner ours = catalogue.owner(owner.key());
      if ((ours == null ? 0 : ours.digest()) == owner.digest()) {
        different.remove(owner.key());
      } else {
        different.add(owner.key());
      }
    }
    return different;
  }

  /** Asks about {@code keys}. */
  Fetch fetch(Set<NodeKey> keys) {
    return new Fetch(keys.stream().map(this::state).toList());
  }

  private OwnerState state(NodeKey key) {
    Owner owner = catalogue.owner(key);
    List<Version> versions =
        owner == null
            ? List.of()
            : owner.entries().stream()
                .map(entry -> new Version(entry.id(), entry.sequence()))
                .toList();
    return new OwnerState(key, versions);
  }

  private Records records(Fetch fetch, long now) {
    List<Item> items = new ArrayList<>();
    List<Reference> wanted = new ArrayList<>();
    int bytes = 0;
    boolean more = false;
    for (OwnerState theirs : fetch.owners()) {
      Owner ours = catalogue.owner(theirs.key());
      wanted.addAll(lacking(theirs, ours));
      for (Entry entry : ours == null ? List.<Entry>of() : newer(theirs, ours)) {
        if (entry.expiresAt() - now < FADING) {
          continue;
        }
        if (bytes >= BUDGET) {
          more = true;
          break;
        }
        items.add(item(entry, now));
        bytes += entry.encoded().length();
      }
    }
    return new Records(more, items, wanted);
  }

  private static List<Reference> lacking(OwnerState theirs, @Nullable Owner ours) {
    List<Reference> lacking = new ArrayList<>();
    for (Version version : theirs.versions()) {
      Entry entry = ours == null ? null : ours.find(version.id());
      if (entry == null || entry.sequence() < version.sequence()) {
        lacking.add(new Reference(theirs.key(), version.id()));
      }
    }
    return lacking;
  }

  /** A withdrawal is no news to somebody who never heard of the service. */
  private static List<Entry> newer(OwnerState theirs, Owner ours) {
    Map<String, Long> known = new HashMap<>();
    theirs.versions().forEach(version -> known.put(version.id(), version.sequence()));
    return ours.entries().stream()
        .filter(
            entry -> {
              Long sequence = known.get(entry.id());
              return sequence == null ? !entry.isWithdrawn() : sequence < entry.sequence();
            })
        .toList();
  }

  private static Item item(Entry entry, long now) {
    long seconds = Math.max(0, NANOSECONDS.toSeconds(entry.expiresAt() - now));
    return new Item(entry.encoded(), (int) seconds);
  }

  /** Returns what a peer wanted, as far as it fits one message. */
  Offer offer(List<Reference> wanted, long now) {
    List<Item> items = new ArrayList<>();
    int bytes = 0;
    for (Reference reference : wanted) {
      Entry entry = catalogue.find(reference.key(), reference.id());
      if (entry != null && entry.expiresAt() - now >= FADING && bytes < BUDGET) {
        items.add(item(entry, now));
        bytes += entry.encoded().length();
      }
    }
    return new Offer(items);
  }
}
