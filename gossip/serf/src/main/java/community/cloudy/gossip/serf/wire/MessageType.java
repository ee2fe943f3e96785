package community.cloudy.gossip.serf.wire;

/** The first byte of every memberlist message (specification A3). */
public final class MessageType {
  /** {@link Ping}. */
  public static final int PING = 0;

  /** {@link IndirectPing}. */
  public static final int INDIRECT_PING = 1;

  /** {@link Ack}. */
  public static final int ACK = 2;

  /** {@link Suspect}. */
  public static final int SUSPECT = 3;

  /** {@link Alive}. */
  public static final int ALIVE = 4;

  /** {@link Dead}. */
  public static final int DEAD = 5;

  /** {@link PushPull}. */
  public static final int PUSH_PULL = 6;

  /** Several messages in one datagram. */
  public static final int COMPOUND = 7;

  /** Bytes for the layer above; in a stream, {@link UserMessage}. */
  public static final int USER = 8;

  /** A compressed message. */
  public static final int COMPRESS = 9;

  /** An encrypted stream message. */
  public static final int ENCRYPT = 10;

  /** {@link Nack}. */
  public static final int NACK = 11;

  /** A datagram with a checksum. */
  public static final int CRC = 12;

  /** {@link ErrorReply}. */
  public static final int ERROR = 13;

  /** The header that names the community, outermost. */
  public static final int LABEL = 0xf4;

  private MessageType() {}
}
