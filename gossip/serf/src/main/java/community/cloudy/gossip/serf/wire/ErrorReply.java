package community.cloudy.gossip.serf.wire;

/**
 * Refuses a stream request.
 *
 * @param text why, for people; at most 4,096 bytes
 */
public record ErrorReply(Bytes text) implements Message {
  private static final Fields FIELDS = Fields.of("Error");

  /** Checks the length. */
  public ErrorReply {
    Check.atMost("error", text, Limits.TEXT);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.ERROR).map(1).key("Error").string(text);
  }

  static ErrorReply read(MsgpackReader in) throws WireException {
    Bytes text = Bytes.EMPTY;
    in.begin(FIELDS);
    while (in.field() >= 0) {
      text = in.bytes(Limits.TEXT);
    }
    return new ErrorReply(text);
  }
}
