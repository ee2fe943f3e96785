package community.cloudy.gossip.serf.wire;

/**
 * Asks a third node to ping one that does not answer.
 *
 * @param seqNo the number the {@link Ack} or {@link Nack} repeats, 32 bits
 * @param target 4 or 16 address bytes of the node to ping
 * @param port its port, 1 to 65535
 * @param node its name
 * @param nack whether the asker understands a {@link Nack}
 * @param sourceAddress the asker's 4 or 16 address bytes, or none
 * @param sourcePort the asker's port, 0 if not given
 * @param sourceNode the asker's name, or none
 */
public record IndirectPing(
    long seqNo,
    Bytes target,
    int port,
    Bytes node,
    boolean nack,
    Bytes sourceAddress,
    int sourcePort,
    Bytes sourceNode)
    implements Message {
  private static final Fields FIELDS =
      Fields.of(
          "SeqNo", "Target", "Port", "Node", "Nack", "SourceAddr", "SourcePort", "SourceNode");

  /** Checks the ranges. */
  public IndirectPing {
    Check.u32("SeqNo", seqNo);
    Check.address(target);
    Check.range("port", port, 1, 0xffff);
    Check.nodeName(node);
    Check.range("port", sourcePort, 0, 0xffff);
    Check.atMost("node name", sourceNode, Limits.NAME);
    if (!sourceAddress.isEmpty()) {
      Check.address(sourceAddress);
    }
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.INDIRECT_PING);
    out.map(5 + Ping.sourceFields(sourceAddress, sourcePort, sourceNode));
    out.key("Nack").bool(nack).key("Node").string(node).key("Port").integer(port);
    out.key("SeqNo").integer(seqNo);
    Ping.writeSource(out, sourceAddress, sourcePort, sourceNode);
    out.key("Target").bytes(target);
  }

  static IndirectPing read(MsgpackReader in) throws WireException {
    long seqNo = 0;
    Bytes target = Bytes.EMPTY;
    int port = 0;
    Bytes node = Bytes.EMPTY;
    boolean nack = false;
    Bytes sourceAddress = Bytes.EMPTY;
    int sourcePort = 0;
    Bytes sourceNode = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> seqNo = in.u32();
        case 1 -> target = in.name(16);
        case 2 -> port = in.port();
        case 3 -> node = in.name(Limits.NAME);
        case 4 -> nack = in.bool();
        case 5 -> sourceAddress = in.name(16);
        case 6 -> sourcePort = in.port();
        default -> sourceNode = in.name(Limits.NAME);
      }
    }
    return new IndirectPing(seqNo, target, port, node, nack, sourceAddress, sourcePort, sourceNode);
  }
}
