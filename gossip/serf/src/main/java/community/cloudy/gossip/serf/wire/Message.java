package community.cloudy.gossip.serf.wire;

/** What memberlist nodes say to each other (specification A3). */
public sealed interface Message
    permits Ping, IndirectPing, Ack, Nack, Suspect, Alive, Dead, ErrorReply, PushPull, UserMessage {
  /** Appends the type byte and the body to {@code out}. */
  void write(MsgpackWriter out);

  /** Returns the type byte and the body in an array of their own. */
  default byte[] encode() {
    MsgpackWriter out = MsgpackWriter.gossip();
    write(out);
    return out.toByteArray();
  }

  /**
   * Reads the body of a stream message or of a datagram's.
   *
   * @throws WireException if the type is not one of {@code this}, or a field breaks its record's
   *     rules
   */
  static Message read(int type, MsgpackReader in) throws WireException {
    try {
      return switch (type) {
        case MessageType.PING -> Ping.read(in);
        case MessageType.INDIRECT_PING -> IndirectPing.read(in);
        case MessageType.ACK -> Ack.read(in);
        case MessageType.NACK -> Nack.read(in);
        case MessageType.SUSPECT -> Suspect.read(in);
        case MessageType.ALIVE -> Alive.read(in);
        case MessageType.DEAD -> Dead.read(in);
        case MessageType.ERROR -> ErrorReply.read(in);
        case MessageType.PUSH_PULL -> PushPull.read(in);
        case MessageType.USER -> UserMessage.read(in);
        default -> throw new WireException("message type " + type + " is not known here");
      };
    } catch (IllegalArgumentException e) {
      throw new WireException(type + ": " + e.getMessage());
    }
  }
}
