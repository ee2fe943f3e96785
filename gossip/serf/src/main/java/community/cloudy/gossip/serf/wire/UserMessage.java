package community.cloudy.gossip.serf.wire;

/**
 * Carries bytes for the layer above over a stream, without an answer (specification A9).
 *
 * @param payload the bytes
 */
public record UserMessage(Bytes payload) implements Message {
  private static final Fields FIELDS = Fields.of("UserMsgLen");

  /** Checks the length. */
  public UserMessage {
    Check.atMost("payload", payload, Limits.STREAM);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.USER).map(1).key("UserMsgLen").integer(payload.length());
    out.raw(payload.array(), 0, payload.length());
  }

  static UserMessage read(MsgpackReader in) throws WireException {
    return new UserMessage(in.raw(length(in)));
  }

  /** Reads the header and returns how many bytes follow it. */
  static int length(MsgpackReader in) throws WireException {
    long length = 0;
    in.begin(FIELDS);
    while (in.field() >= 0) {
      length = in.integer(0, Limits.STREAM);
    }
    return (int) length;
  }
}
