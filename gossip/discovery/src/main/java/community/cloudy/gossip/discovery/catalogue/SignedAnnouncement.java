package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An announcement as it travels: its one encoding and the node's signature over it
 * (docs/wire-formats.md). There is one encoding for each announcement, and what is not that
 * encoding is refused, so records can be compared and hashed as bytes.
 *
 * @param announcement what it says
 * @param encoded the whole record, at most {@link #MAX_LENGTH} bytes; the signature is the end
 */
public record SignedAnnouncement(Announcement announcement, Bytes encoded) {
  /** Bytes of a record: it must fit a packet of gossip beside its frame. */
  public static final int MAX_LENGTH = 1000;

  static final int SIGNATURE = 64;

  private static final int VERSION = 1;
  private static final int WITHDRAWN = 0x80;
  private static final int MAX_DESCRIPTION = 800;

  /** Keeps a signature from being taken for one over anything else. */
  private static final byte[] CONTEXT =
      "cloudy announcement 1\n".getBytes(StandardCharsets.US_ASCII);

  /** Signs with the node's private key. */
  @FunctionalInterface
  public interface Signer {
    /** Returns the Ed25519 signature of {@code message}, 64 bytes. */
    byte[] sign(byte[] message);
  }

  /**
   * Encodes and signs.
   *
   * @throws IllegalArgumentException if it is longer than {@link #MAX_LENGTH}
   */
  public static SignedAnnouncement sign(Announcement announcement, Signer signer) {
    RecordWriter out = written(announcement);
    byte[] signature = signer.sign(signedPart(out.toByteArray()));
    return new SignedAnnouncement(announcement, out.bytes(signature).toBytes());
  }

  /**
   * Checks that {@code announcement} is not too long to be signed.
   *
   * @throws IllegalArgumentException if it is longer than {@link #MAX_LENGTH}
   */
  static void checkLength(Announcement announcement) {
    written(announcement);
  }

  private static RecordWriter written(Announcement announcement) {
    RecordWriter out = new RecordWriter();
    write(announcement, out);
    int length = out.length() + SIGNATURE;
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the announcement takes "
              + length
              + " bytes, over the limit of "
              + MAX_LENGTH
              + ": shorten the description or drop attributes");
    }
    return out;
  }

  /** Returns what the signature vouches for. */
  public Bytes message() {
    return Bytes.wrap(signedPart(Arrays.copyOf(encoded.array(), encoded.length() - SIGNATURE)));
  }

  /** Returns the signature, 64 bytes. */
  public Bytes signature() {
    return Bytes.copyOf(encoded.array(), encoded.length() - SIGNATURE, SIGNATURE);
  }

  private static byte[] signedPart(byte[] body) {
    byte[] message = Arrays.copyOf(CONTEXT, CONTEXT.length + body.length);
    System.arraycopy(body, 0, message, CONTEXT.length, body.length);
    return message;
  }

  private static void write(Announcement announcement, RecordWriter out) {
    int flags =
        announcement.offer().map(offer -> offer.health().state().ordinal()).orElse(WITHDRAWN);
    out.u8(VERSION).u8(flags).bytes(announcement.key().raw().array());
    out.u64(announcement.sequence()).u32(announcement.ttlSeconds());
    out.text(announcement.node()).text(announcement.id());
    announcement.offer().ifPresent(offer -> write(offer, out));
  }

  private static void write(Offer offer, RecordWriter out) {
    out.text(offer.type()).longText(offer.name()).longText(offer.description());
    out.longText(offer.health().evidence());
    out.u8(offer.endpoints().size());
    for (ServiceEndpoint endpoint : offer.endpoints()) {
      out.text(endpoint.scheme()).text(endpoint.host()).u16(endpoint.port()).text(endpoint.path());
    }
    out.u8(offer.attributes().size());
    offer.attributes().forEach((key, value) -> out.text(key).text(value));
  }

  /**
   * Which announcement a record is.
   *
   * @param key the node's
   * @param id the service's
   * @param sequence of the record
   */
  record Head(NodeKey key, String id, long sequence) {}

  /**
   * Reads only as far as it takes to know whether the rest is news.
   *
   * @throws RecordException if it is not a record
   */
  static Head head(Bytes encoded) throws RecordException {
    RecordReader in = new RecordReader(encoded);
    checkVersion(in.u8());
    in.u8();
    NodeKey key = new NodeKey(in.bytes(NodeKey.LENGTH));
    long sequence = in.u64();
    in.u31();
    in.bytes(in.u8());
    return new Head(key, in.text(), sequence);
  }

  /** Reads a record that has been read before. */
  static Announcement known(Bytes encoded) {
    try {
      return read(encoded).announcement();
    } catch (RecordException e) {
      throw new IllegalStateException("a record in the catalogue is damaged", e);
    }
  }

  /**
   * Reads a record; its signature is not checked.
   *
   * @throws RecordException if it is not an announcement, or not in its one encoding
   */
  static SignedAnnouncement read(Bytes encoded) throws RecordException {
    if (encoded.length() > MAX_LENGTH || encoded.length() <= SIGNATURE) {
      throw new RecordException("a record of " + encoded.length() + " bytes");
    }
    RecordReader in =
        new RecordReader(Bytes.copyOf(encoded.array(), 0, encoded.length() - SIGNATURE));
    try {
      Announcement announcement = read(in);
      in.end();
      return new SignedAnnouncement(announcement, encoded);
    } catch (IllegalArgumentException e) {
      throw new RecordException(String.valueOf(e.getMessage()));
    }
  }

  private static Announcement read(RecordReader in) throws RecordException {
    checkVersion(in.u8());
    int flags = in.u8();
    NodeKey key = new NodeKey(in.bytes(NodeKey.LENGTH));
    long sequence = in.u64();
    int ttl = in.u31();
    String node = in.text();
    String id = in.text();
    Optional<Offer> offer = flags == WITHDRAWN ? Optional.empty() : Optional.of(offer(flags, in));
    return new Announcement(key, node, id, sequence, ttl, offer);
  }

  private static void checkVersion(int version) throws RecordException {
    if (version != VERSION) {
      throw new RecordException("version " + version + " is not known here");
    }
  }

  private static Offer offer(int state, RecordReader in) throws RecordException {
    Health.State[] states = Health.State.values();
    if (state >= states.length) {
      throw new RecordException("unknown flags");
    }
    String type = in.text();
    String name = in.longText(MAX_DESCRIPTION);
    String description = in.longText(MAX_DESCRIPTION);
    String evidence = in.longText(MAX_DESCRIPTION);
    Health health = new Health(states[state], evidence);
    if (!health.evidence().equals(evidence)) {
      throw new RecordException("evidence is not safe to print");
    }
    List<ServiceEndpoint> endpoints = new ArrayList<>();
    for (int left = in.u8(); left > 0; left--) {
      endpoints.add(new ServiceEndpoint(in.text(), in.text(), in.u16(), in.text()));
    }
    return new Offer(type, name, description, endpoints, attributes(in), health);
  }

  private static SortedMap<String, String> attributes(RecordReader in) throws RecordException {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int left = in.u8(); left > 0; left--) {
      String key = in.text();
      if (!attributes.isEmpty() && attributes.lastKey().compareTo(key) >= 0) {
        throw new RecordException("attributes are not sorted");
      }
      attributes.put(key, in.text());
    }
    return attributes;
  }
}
