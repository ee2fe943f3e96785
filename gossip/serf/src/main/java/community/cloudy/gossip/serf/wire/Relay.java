package community.cloudy.gossip.serf.wire;

/**
 * Asks a node to pass a message on, unchanged (specification B7).
 *
 * @param address 4 or 16 address bytes of who is meant
 * @param port its port, 1 to 65535
 * @param zone the zone of a link-local address, or none
 * @param node its name, or none
 * @param inner the message, its type byte first
 */
public record Relay(Bytes address, int port, Bytes zone, Bytes node, Bytes inner)
    implements SerfMessage {
  static final int TYPE = 9;
  private static final Fields FIELDS = Fields.of("DestAddr", "DestName");
  private static final Fields ADDRESS_FIELDS = Fields.of("IP", "Port", "Zone");

  /** Checks the ranges. */
  public Relay {
    Check.address(address);
    Check.range("port", port, 1, 0xffff);
    Check.atMost("zone", zone, Limits.NAME);
    Check.atMost("node name", node, Limits.NAME);
    Check.range("length of a relayed message", inner.length(), 1, Limits.PAYLOAD);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(2).key("DestAddr").map(3).key("IP").bytes(address);
    out.key("Port").integer(port).key("Zone").string(zone).key("DestName").string(node);
    out.raw(inner.array(), 0, inner.length());
  }

  static Relay read(MsgpackReader in) throws WireException {
    Bytes address = Bytes.EMPTY;
    int port = 0;
    Bytes zone = Bytes.EMPTY;
    Bytes node = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      if (field == 1) {
        node = in.bytes(Limits.NAME);
        continue;
      }
      in.begin(ADDRESS_FIELDS);
      for (int part = in.field(); part >= 0; part = in.field()) {
        switch (part) {
          case 0 -> address = in.bytes(16);
          case 1 -> port = in.port();
          default -> zone = in.bytes(Limits.NAME);
        }
      }
    }
    return new Relay(address, port, zone, node, in.raw(in.remaining()));
  }
}
