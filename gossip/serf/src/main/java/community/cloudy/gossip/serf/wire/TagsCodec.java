package community.cloudy.gossip.serf.wire;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Serf's tags in a node's meta data: {@code ff} and a map (specification B2). */
public final class TagsCodec {
  private static final Bytes ROLE = Bytes.utf8("role");
  private static final int MAGIC = 0xff;

  private TagsCodec() {}

  /**
   * Returns the meta data for {@code tags}, sorted by key so that equal tags make equal bytes.
   *
   * @throws IllegalArgumentException if it is longer than 512 bytes, in Serf's words
   */
  public static Bytes encode(Map<Bytes, Bytes> tags) {
    MsgpackWriter out = written(tags);
    if (out.length() > Limits.META) {
      throw new IllegalArgumentException(
          "Encoded length of tags exceeds limit of " + Limits.META + " bytes");
    }
    return out.toBytes();
  }

  private static MsgpackWriter written(Map<Bytes, Bytes> tags) {
    MsgpackWriter out = MsgpackWriter.gossip().raw(MAGIC).map(tags.size());
    new TreeMap<>(tags).forEach((key, value) -> out.string(key).string(value));
    return out;
  }

  /** Tells whether {@link #encode} would take {@code tags}. */
  public static boolean fit(Map<Bytes, Bytes> tags) {
    return written(tags).length() <= Limits.META;
  }

  /**
   * Returns the tags in {@code meta}. Without the leading {@code ff} all of it is the value of the
   * tag {@code role}, as Serf's protocol 2 has it.
   *
   * @throws WireException if it is longer than 512 bytes or no map of strings
   */
  public static SortedMap<Bytes, Bytes> decode(Bytes meta) throws WireException {
    if (meta.length() > Limits.META) {
      throw new WireException("meta has " + meta.length() + " bytes, over " + Limits.META);
    }
    TreeMap<Bytes, Bytes> tags = new TreeMap<>();
    if (meta.isEmpty() || (meta.at(0) & 0xff) != MAGIC) {
      tags.put(ROLE, meta);
    } else {
      MsgpackReader in = new MsgpackReader().reset(meta.array(), 1, meta.length() - 1);
      for (int left = in.map(Limits.META); left > 0; left--) {
        tags.put(in.bytes(Limits.META), in.bytes(Limits.META));
      }
    }
    return Collections.unmodifiableSortedMap(tags);
  }
}
