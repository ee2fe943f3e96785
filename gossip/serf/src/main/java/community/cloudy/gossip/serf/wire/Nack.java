package community.cloudy.gossip.serf.wire;

/**
 * Tells the sender of an {@link IndirectPing} that its target did not answer.
 *
 * @param seqNo the number of the indirect ping, 32 bits
 */
public record Nack(long seqNo) implements Message {
  private static final Fields FIELDS = Fields.of("SeqNo");

  /** Checks the range. */
  public Nack {
    Check.u32("SeqNo", seqNo);
  }

  @Override
  public void write(MsgpackWriter out) {
    write(out, seqNo);
  }

  /** Appends to {@code out} the refusal of indirect ping {@code seqNo}. */
  public static void write(MsgpackWriter out, long seqNo) {
    out.raw(MessageType.NACK).map(1).key("SeqNo").integer(seqNo);
  }

  static Nack read(MsgpackReader in) throws WireException {
    return new Nack(readSeqNo(in));
  }

  static long readSeqNo(MsgpackReader in) throws WireException {
    long seqNo = 0;
    in.begin(FIELDS);
    while (in.field() >= 0) {
      seqNo = in.u32();
    }
    return seqNo;
  }
}
