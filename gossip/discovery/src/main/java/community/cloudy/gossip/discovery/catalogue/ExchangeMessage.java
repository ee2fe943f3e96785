package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** What two nodes say to each other to make their catalogues equal (docs/wire-formats.md). */
sealed interface ExchangeMessage {
  /** Entries of a list in a message: as many as a catalogue and its withdrawals may hold. */
  int MAX_ITEMS = 2 * Catalogue.MAX;

  /**
   * Records in a message: more than half a megabyte of the shortest, and as many signatures as one
   * request may have checked.
   */
  int MAX_RECORDS = 4096;

  /**
   * Opens an exchange.
   *
   * @param digest of the whole catalogue
   */
  record Summary(long digest) implements ExchangeMessage {}

  /** Answers a {@link Summary} of an equal catalogue, and an {@link Offer}. */
  record Done() implements ExchangeMessage {}

  /**
   * Answers a {@link Summary} of another catalogue.
   *
   * @param owners what the answering node has of each
   */
  record Owners(List<OwnerDigest> owners) implements ExchangeMessage {
    public Owners {
      owners = List.copyOf(owners);
    }
  }

  /** One node's announcements, summed up. */
  record OwnerDigest(NodeKey key, long digest) {}

  /**
   * Asks for what is newer or missing.
   *
   * @param owners the nodes in question, with what the asking node has of each
   */
  record Fetch(List<OwnerState> owners) implements ExchangeMessage {
    public Fetch {
      owners = List.copyOf(owners);
    }
  }

  /** What somebody has of one node. */
  record OwnerState(NodeKey key, List<Version> versions) {
    public OwnerState {
      versions = List.copyOf(versions);
    }
  }

  /** One service's sequence. */
  record Version(String id, long sequence) {}

  /** Names one service. */
  record Reference(NodeKey key, String id) {}

  /** A record, and how long it still stands. */
  record Item(Bytes encoded, int remaining) {}

  /**
   * Answers a {@link Fetch}.
   *
   * @param more whether there is more than fits here
   * @param items what the asking node lacks
   * @param wanted what the answering node lacks
   */
  record Records(boolean more, List<Item> items, List<Reference> wanted)
      implements ExchangeMessage {
    public Records {
      items = List.copyOf(items);
      wanted = List.copyOf(wanted);
    }
  }

  /**
   * Brings what the other node wanted.
   *
   * @param items the records
   */
  record Offer(List<Item> items) implements ExchangeMessage {
    public Offer {
      items = List.copyOf(items);
    }
  }

  /** Returns the message's bytes; the first is its type. */
  default Bytes encode() {
    RecordWriter out = new RecordWriter();
    if (this instanceof Summary summary) {
      out.u8(1).u64(summary.digest);
    } else if (this instanceof Done) {
      out.u8(2);
    } else if (this instanceof Owners answer) {
      out.u8(3).u16(answer.owners.size());
      answer.owners.forEach(owner -> out.bytes(owner.key.raw().array()).u64(owner.digest));
    } else if (this instanceof Fetch fetch) {
      out.u8(4).u16(fetch.owners.size());
      fetch.owners.forEach(owner -> write(owner, out));
    } else if (this instanceof Records records) {
      out.u8(5).u8(records.more ? 1 : 0);
      write(records.items, out);
      out.u16(records.wanted.size());
      records.wanted.forEach(wanted -> out.bytes(wanted.key.raw().array()).text(wanted.id));
    } else if (this instanceof Offer offer) {
      out.u8(6);
      write(offer.items, out);
    }
    return out.toBytes();
  }

  private static void write(OwnerState owner, RecordWriter out) {
    out.bytes(owner.key.raw().array()).u16(owner.versions.size());
    owner.versions.forEach(version -> out.text(version.id).u64(version.sequence));
  }

  private static void write(List<Item> items, RecordWriter out) {
    out.u16(items.size());
    items.forEach(
        item -> out.u32(item.remaining).u16(item.encoded.length()).bytes(item.encoded.array()));
  }

  /**
   * Reads a message.
   *
   * @throws RecordException if it is none
   */
  static ExchangeMessage decode(Bytes bytes) throws RecordException {
    RecordReader in = new RecordReader(bytes);
    ExchangeMessage message =
        switch (in.u8()) {
          case 1 -> new Summary(in.u64());
          case 2 -> new Done();
          case 3 -> new Owners(list(in, i -> new OwnerDigest(key(i), i.u64())));
          case 4 -> new Fetch(list(in, ExchangeMessage::ownerState));
          case 5 -> records(in);
          case 6 -> new Offer(items(in));
          default -> throw new RecordException("unknown exchange message");
        };
    in.end();
    return message;
  }

  private static Records records(RecordReader in) throws RecordException {
    boolean more = in.u8() != 0;
    List<Item> items = items(in);
    return new Records(more, items, list(in, i -> new Reference(key(i), i.text())));
  }

  private static OwnerState ownerState(RecordReader in) throws RecordException {
    return new OwnerState(key(in), list(in, i -> new Version(i.text(), i.u64())));
  }

  private static Item item(RecordReader in) throws RecordException {
    int remaining = in.u31();
    return new Item(in.bytes(in.u16()), remaining);
  }

  private static NodeKey key(RecordReader in) throws RecordException {
    return new NodeKey(in.bytes(NodeKey.LENGTH));
  }

  /** Reads one part of a message. */
  @FunctionalInterface
  interface Part<T> {
    T read(RecordReader in) throws RecordException;
  }

  private static List<Item> items(RecordReader in) throws RecordException {
    return list(in, MAX_RECORDS, ExchangeMessage::item);
  }

  private static <T> List<T> list(RecordReader in, Part<T> part) throws RecordException {
    return list(in, MAX_ITEMS, part);
  }

  private static <T> List<T> list(RecordReader in, int most, Part<T> part) throws RecordException {
    int count = in.u16();
    if (count > most) {
      throw new RecordException("a list of " + count);
    }
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(part.read(in));
    }
    return list;
  }
}
