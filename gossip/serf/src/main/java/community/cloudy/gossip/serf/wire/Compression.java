package community.cloudy.gossip.serf.wire;

/** The compress frame around a message: {@code 09} and a map of algorithm and bytes. */
final class Compression {
  private static final Fields FIELDS = Fields.of("Algo", "Buf");
  private static final int HEAD = 16;

  private final Lzw lzw = new Lzw();
  private final Slice compressed = new Slice();

  /** Replaces all that {@code out} holds from {@code start} by its compressed form, if smaller. */
  void compress(MsgpackWriter out, int start) {
    int plain = out.length() - start;
    if (plain > HEAD && lzw.encode(out.array(), start, plain, plain - HEAD)) {
      out.truncate(start);
      out.raw(MessageType.COMPRESS).map(2).key("Algo").integer(0).key("Buf");
      out.bytes(lzw.output(), 0, lzw.length());
    }
  }

  /** Drops what was decompressed. */
  void reset() {
    lzw.reset();
  }

  /**
   * Decompresses the body of a frame behind what was decompressed before.
   *
   * @param most the longest result accepted, in bytes
   * @param view is pointed at the result
   */
  void decompress(MsgpackReader in, int most, Slice view) throws WireException {
    int algorithm = 0;
    compressed.set(Bytes.EMPTY.array(), 0, 0);
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> algorithm = (int) in.integer(0, 255);
        default -> in.slice(Limits.STREAM, compressed);
      }
    }
    if (algorithm != 0) {
      throw new WireException("compression algorithm " + algorithm + " is not known");
    }
    int start = lzw.length();
    int length = lzw.decode(compressed.array(), compressed.offset(), compressed.length(), most);
    view.set(lzw.output(), start, length);
  }
}
