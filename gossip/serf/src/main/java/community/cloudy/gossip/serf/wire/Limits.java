package community.cloudy.gossip.serf.wire;

/** The bound of everything a peer may send, each with its reason. */
public final class Limits {
  /** Bytes of a datagram: the receive buffer of memberlist, and more than UDP carries. */
  public static final int PACKET = 65_536;

  /** Bytes one datagram may decompress to, all its parts together: what it could carry plain. */
  public static final int PACKET_DECOMPRESSED = 65_536;

  /** Compound and compress frames inside each other; peers send two at most. */
  public static final int PACKET_NESTING = 4;

  /** Messages in one datagram, however nested: 1,400 bytes hold less than 200 small ones. */
  public static final int PACKET_MESSAGES = 1_024;

  /** Parts a compound is sent with: memberlist 0.2.2 miscounts above (specification A5). */
  public static final int COMPOUND_PARTS = 127;

  /** Bytes of a framed stream message: 10,000 nodes need 3 MiB; an attic box has 1 GiB. */
  public static final int STREAM = 8 << 20;

  /** Bytes a stream message may decompress to, against decompression bombs. */
  public static final int STREAM_DECOMPRESSED = 8 << 20;

  /** Entries of a push/pull and of its maps: far above any community, bounds the heap. */
  public static final int NODES = 65_536;

  /** User events in a push/pull: 512 slots with 16 events each. */
  public static final int EVENTS = 8_192;

  /** Bytes of a node name: DNS allows 255, and each packet repeats it. */
  public static final int NAME = 255;

  /** Bytes of a node's meta data, the encoded tags: memberlist's own limit for writers. */
  public static final int META = 512;

  /** Bytes of a label: its length travels in one byte. */
  public static final int LABEL = 255;

  /** Bytes of an error text or a key operation's message, which people read in a log. */
  public static final int TEXT = 4_096;

  /** Bytes of a user event, query or answer: Serf's hard cap is 9,216 and a packet bounds it. */
  public static final int PAYLOAD = 65_536;

  /** Filters of a query: one a node name list and one a tag would be plenty. */
  public static final int FILTERS = 256;

  /** Keys in an answer about keys: an answer has 1,024 bytes and a key at least 25. */
  public static final int KEYS = 1_024;

  /** Highest unsigned 32-bit number: sequence numbers, incarnations, identifiers. */
  public static final long U32 = 0xffff_ffffL;

  /** Highest Lamport time believed: above it, a peer is pushing the clock to its end. */
  public static final long LAMPORT = (1L << 62) - 1;

  /** Longest query timeout believed, one day in nanoseconds: adding it to a clock is safe. */
  public static final long QUERY_TIMEOUT = 86_400_000_000_000L;

  /** Bytes a scratch buffer keeps between messages: a rare huge message must not stay in memory. */
  static final int SCRATCH = 1 << 17;

  private Limits() {}
}
