package community.cloudy.gossip.serf.wire;

/** What Serf nodes say to each other, inside memberlist's user messages (specification B1). */
public sealed interface SerfMessage
    permits LeaveIntent,
        JoinIntent,
        SerfPushPull,
        UserEventMessage,
        QueryMessage,
        QueryResponse,
        ConflictResponse,
        KeyRequest,
        KeyResponse,
        Relay {
  /** Appends the type byte and the body to {@code out}. */
  void write(MsgpackWriter out);

  /** Returns the type byte and the body in an array of their own. */
  default byte[] encode() {
    MsgpackWriter out = MsgpackWriter.gossip();
    write(out);
    return out.toByteArray();
  }

  /**
   * Reads the {@code length} bytes of {@code data} from {@code offset}, the type byte first.
   *
   * @throws WireException if they are no Serf message, or a field breaks its record's rules
   */
  static SerfMessage decode(byte[] data, int offset, int length) throws WireException {
    if (length == 0) {
      throw new WireException("Serf message is empty");
    }
    int type = data[offset] & 0xff;
    MsgpackReader in = new MsgpackReader().reset(data, offset + 1, length - 1);
    try {
      return read(type, in);
    } catch (IllegalArgumentException e) {
      throw new WireException("Serf message of type " + type + ": " + e.getMessage());
    }
  }

  private static SerfMessage read(int type, MsgpackReader in) throws WireException {
    return switch (type) {
      case LeaveIntent.TYPE -> LeaveIntent.read(in);
      case JoinIntent.TYPE -> JoinIntent.read(in);
      case SerfPushPull.TYPE -> SerfPushPull.read(in);
      case UserEventMessage.TYPE -> UserEventMessage.read(in);
      case QueryMessage.TYPE -> QueryMessage.read(in);
      case QueryResponse.TYPE -> QueryResponse.read(in);
      case ConflictResponse.TYPE -> ConflictResponse.read(in);
      case KeyRequest.TYPE -> KeyRequest.read(in);
      case KeyResponse.TYPE -> KeyResponse.read(in);
      case Relay.TYPE -> Relay.read(in);
      default -> throw new WireException("Serf message type " + type + " is not known");
    };
  }
}
