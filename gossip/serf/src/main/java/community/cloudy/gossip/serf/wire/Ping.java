package community.cloudy.gossip.serf.wire;

/**
 * Asks a node whether it is there. It answers with an {@link Ack} of the same number.
 *
 * <p>One that {@link PacketCodec} hands out is reused for the next datagram: its fields, but not
 * the object, may be kept.
 */
public final class Ping implements Message {
  private static final Fields FIELDS =
      Fields.of("SeqNo", "Node", "SourceAddr", "SourcePort", "SourceNode");

  private long seqNo;
  private Bytes node = Bytes.EMPTY;
  private Bytes sourceAddress = Bytes.EMPTY;
  private int sourcePort;
  private Bytes sourceNode = Bytes.EMPTY;

  /** Creates one to read into. */
  Ping() {}

  /** Creates one; the arguments are those of {@link #write}. */
  public Ping(long seqNo, Bytes node, Bytes sourceAddress, int sourcePort, Bytes sourceNode) {
    this.seqNo = seqNo;
    this.node = node;
    this.sourceAddress = sourceAddress;
    this.sourcePort = sourcePort;
    this.sourceNode = sourceNode;
    Check.u32("SeqNo", seqNo);
    Check.atMost("node name", node, Limits.NAME);
    Check.range("port", sourcePort, 0, 0xffff);
    Check.atMost("node name", sourceNode, Limits.NAME);
    if (!sourceAddress.isEmpty()) {
      Check.address(sourceAddress);
    }
  }

  /** Returns the number the answer repeats, 32 bits. */
  public long seqNo() {
    return seqNo;
  }

  /** Returns who is meant; empty means whoever receives it. */
  public Bytes node() {
    return node;
  }

  /** Returns the asker's 4 or 16 address bytes, or none. */
  public Bytes sourceAddress() {
    return sourceAddress;
  }

  /** Returns the asker's port, 0 if not given. */
  public int sourcePort() {
    return sourcePort;
  }

  /** Returns the asker's name, or none. */
  public Bytes sourceNode() {
    return sourceNode;
  }

  @Override
  public void write(MsgpackWriter out) {
    write(out, seqNo, node, sourceAddress, sourcePort, sourceNode);
  }

  /**
   * Appends a ping to {@code out}.
   *
   * @param seqNo the number the answer repeats, 32 bits
   * @param node who is meant
   * @param sourceAddress the asker's 4 or 16 address bytes, or none
   * @param sourcePort the asker's port, or 0
   * @param sourceNode the asker's name, or none
   */
  public static void write(
      MsgpackWriter out,
      long seqNo,
      Bytes node,
      Bytes sourceAddress,
      int sourcePort,
      Bytes sourceNode) {
    out.raw(MessageType.PING).map(2 + sourceFields(sourceAddress, sourcePort, sourceNode));
    out.key("Node").string(node).key("SeqNo").integer(seqNo);
    writeSource(out, sourceAddress, sourcePort, sourceNode);
  }

  /** Returns how many fields {@link #writeSource} writes. */
  static int sourceFields(Bytes address, int port, Bytes node) {
    return (address.isEmpty() ? 0 : 1) + (port == 0 ? 0 : 1) + (node.isEmpty() ? 0 : 1);
  }

  /** Appends the fields that say who asks, as far as they are known. */
  static void writeSource(MsgpackWriter out, Bytes address, int port, Bytes node) {
    if (!address.isEmpty()) {
      out.key("SourceAddr").bytes(address);
    }
    if (!node.isEmpty()) {
      out.key("SourceNode").string(node);
    }
    if (port != 0) {
      out.key("SourcePort").integer(port);
    }
  }

  static Ping read(MsgpackReader in) throws WireException {
    Ping ping = new Ping();
    ping.readFrom(in);
    return ping;
  }

  /** Takes over the fields of the next ping. */
  void readFrom(MsgpackReader in) throws WireException {
    seqNo = 0;
    node = Bytes.EMPTY;
    sourceAddress = Bytes.EMPTY;
    sourcePort = 0;
    sourceNode = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> seqNo = in.u32();
        case 1 -> node = in.name(Limits.NAME);
        case 2 -> sourceAddress = in.name(16);
        case 3 -> sourcePort = in.port();
        default -> sourceNode = in.name(Limits.NAME);
      }
    }
    int length = sourceAddress.length();
    if (length != 0 && length != 4 && length != 16) {
      throw new WireException("address has " + length + " bytes, not 4 or 16");
    }
  }
}
