package community.cloudy.gossip.serf.wire;

/**
 * Answers a {@link Ping}; Serf puts a network coordinate into the payload.
 *
 * <p>One that {@link PacketCodec} hands out is reused for the next datagram, and its payload is a
 * view of that datagram.
 */
public final class Ack implements Message {
  private static final Fields FIELDS = Fields.of("SeqNo", "Payload");

  private final Slice payload = new Slice();
  private long seqNo;

  /** Creates one to read into. */
  Ack() {}

  /** Creates one; the arguments are those of {@link #write}. */
  public Ack(long seqNo, Bytes payload) {
    Check.u32("SeqNo", seqNo);
    Check.atMost("payload", payload, Limits.PAYLOAD);
    this.seqNo = seqNo;
    this.payload.set(payload.array(), 0, payload.length());
  }

  /** Returns the number of the ping, 32 bits. */
  public long seqNo() {
    return seqNo;
  }

  /** Returns what the node adds, perhaps nothing. */
  public Slice payload() {
    return payload;
  }

  @Override
  public void write(MsgpackWriter out) {
    write(out, seqNo, payload.array(), payload.offset(), payload.length());
  }

  /** Appends to {@code out} the answer to ping {@code seqNo}, with {@code payload}. */
  public static void write(MsgpackWriter out, long seqNo, Bytes payload) {
    write(out, seqNo, payload.array(), 0, payload.length());
  }

  /** Appends to {@code out} the answer to ping {@code seqNo}, with a payload in a buffer. */
  public static void write(MsgpackWriter out, long seqNo, byte[] payload, int offset, int length) {
    out.raw(MessageType.ACK).map(2).key("Payload");
    if (length == 0) {
      out.nil();
    } else {
      out.bytes(payload, offset, length);
    }
    out.key("SeqNo").integer(seqNo);
  }

  static Ack read(MsgpackReader in) throws WireException {
    Ack ack = new Ack();
    ack.readFrom(in);
    return ack;
  }

  /** Takes over the fields of the next ack. */
  void readFrom(MsgpackReader in) throws WireException {
    seqNo = 0;
    payload.set(Bytes.EMPTY.array(), 0, 0);
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> seqNo = in.u32();
        default -> in.slice(Limits.PAYLOAD, payload);
      }
    }
  }
}
