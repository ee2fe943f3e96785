package community.cloudy.gossip.serf.wire;

/** The header that keeps communities apart: {@code f4}, a length and a name (specification A8). */
final class Label {
  private Label() {}

  /**
   * Checks that the bytes from {@code start} to {@code end} begin with {@code own}, or with no
   * label if it is empty.
   *
   * @return where the bytes after the header start
   */
  static int check(Bytes own, byte[] data, int start, int end) throws WireException {
    boolean present = start < end && (data[start] & 0xff) == MessageType.LABEL;
    if (!present && own.isEmpty()) {
      return start;
    }
    if (!present) {
      throw new WireException("label is missing");
    }
    int length = start + 1 < end ? data[start + 1] & 0xff : 0;
    int after = start + 2 + length;
    if (length == 0 || after > end) {
      throw new WireException("label header is empty or cut short");
    }
    if (!own.matches(data, start + 2, length)) {
      throw new WireException("label is another community's");
    }
    return after;
  }
}
