package community.cloudy.gossip.serf.wire;

/**
 * Finds the end of a stream message while it comes in: memberlist writes no length in front of one,
 * unless it is encrypted. Looks at each byte once. One framer serves one message.
 */
public final class StreamFramer {
  private final int maxBytes;
  private final ValueSkipper skipper = new ValueSkipper();
  private Stage stage = Stage.LABEL;
  private int start;
  private long end;

  private enum Stage {
    /** What comes first is not yet seen. */
    LABEL,
    /** The type byte, at {@code start}, is not yet seen. */
    TYPE,
    /** A body that is one value. */
    VALUE,
    /** A header that tells what follows it. */
    HEADER,
    /** The nodes of a push/pull, and {@code end} bytes after them. */
    NODES,
    /** All until {@code end}. */
    BYTES
  }

  /** Creates one that refuses messages of more than {@code maxBytes} bytes. */
  public StreamFramer(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Looks for the end of the message.
   *
   * @param data all that has come in so far; the buffer may be another than the last time
   * @param length how many bytes that is
   * @return the length of the message, or -1 if more is to come
   * @throws WireException if it is no message, or larger than allowed
   */
  public int end(byte[] data, int length) throws WireException {
    while (stage != Stage.BYTES && step(data, length)) {}
    long least = stage == Stage.BYTES ? end : skipper.position();
    if (least > maxBytes || (stage != Stage.BYTES && length > maxBytes)) {
      throw new WireException("stream message has over " + maxBytes + " bytes");
    }
    return stage == Stage.BYTES && end <= length ? (int) end : -1;
  }

  /** Goes on to the next stage; returns false if that needs more bytes. */
  private boolean step(byte[] data, int length) throws WireException {
    return switch (stage) {
      case LABEL -> label(data, length);
      case TYPE -> start < length && type(data, length);
      case VALUE -> skipper.advance(data, length) && until(skipper.position());
      case HEADER -> skipper.advance(data, length) && header(data);
      case NODES -> skipper.advance(data, length) && until(skipper.position() + end);
      case BYTES -> false;
    };
  }

  private boolean label(byte[] data, int length) {
    if (length == 0) {
      return false;
    }
    if ((data[0] & 0xff) == MessageType.LABEL) {
      if (length == 1) {
        return false;
      }
      start = 2 + (data[1] & 0xff);
    }
    stage = Stage.TYPE;
    return true;
  }

  private boolean type(byte[] data, int length) throws WireException {
    switch (data[start]) {
      case MessageType.ENCRYPT -> {
        int from = start + 5;
        return length >= from && until(from + BigEndian.u32(data, start + 1));
      }
      case MessageType.PUSH_PULL, MessageType.USER -> stage = Stage.HEADER;
      case MessageType.PING, MessageType.ACK, MessageType.ERROR, MessageType.COMPRESS ->
          stage = Stage.VALUE;
      default -> throw new WireException("stream message type is not supported");
    }
    skipper.start(start + 1, 1);
    return true;
  }

  private boolean header(byte[] data) throws WireException {
    int after = (int) skipper.position();
    MsgpackReader in = new MsgpackReader().reset(data, start + 1, after - start - 1);
    if (data[start] == MessageType.USER) {
      return until((long) after + UserMessage.length(in));
    }
    PushPull.Header header = PushPull.Header.read(in);
    end = header.userState();
    skipper.start(after, header.nodes());
    stage = Stage.NODES;
    return true;
  }

  private boolean until(long position) {
    end = position;
    stage = Stage.BYTES;
    return true;
  }
}
