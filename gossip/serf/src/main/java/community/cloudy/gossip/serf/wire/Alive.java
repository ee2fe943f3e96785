package community.cloudy.gossip.serf.wire;

/**
 * Says that a node is there, where, and what it offers.
 *
 * @param incarnation the node's own count of such messages, 32 bits
 * @param node its name, 1 to 255 bytes
 * @param address its 4 or 16 address bytes
 * @param port its port, 1 to 65535
 * @param meta its meta data, at most 512 bytes: Serf's tags
 * @param vsn the protocol versions it speaks, 6 bytes; stock agents die of any other length
 */
public record Alive(long incarnation, Bytes node, Bytes address, int port, Bytes meta, Bytes vsn)
    implements Message {
  private static final Fields FIELDS =
      Fields.of("Incarnation", "Node", "Addr", "Port", "Meta", "Vsn");

  /** Checks the ranges. */
  public Alive {
    Check.u32("Incarnation", incarnation);
    Check.nodeName(node);
    Check.address(address);
    Check.range("port", port, 1, 0xffff);
    Check.atMost("meta", meta, Limits.META);
    Check.vsn(vsn);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.ALIVE).map(6).key("Addr").bytes(address);
    out.key("Incarnation").integer(incarnation).key("Meta").bytesOrNil(meta);
    out.key("Node").string(node).key("Port").integer(port).key("Vsn").bytes(vsn);
  }

  static Alive read(MsgpackReader in) throws WireException {
    long incarnation = 0;
    Bytes node = Bytes.EMPTY;
    Bytes address = Bytes.EMPTY;
    int port = 0;
    Bytes meta = Bytes.EMPTY;
    Bytes vsn = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> incarnation = in.u32();
        case 1 -> node = in.name(Limits.NAME);
        case 2 -> address = in.name(16);
        case 3 -> port = in.port();
        case 4 -> meta = in.name(Limits.META);
        default -> vsn = in.name(6);
      }
    }
    return new Alive(incarnation, node, address, port, meta, vsn);
  }
}
