package community.cloudy.gossip.serf.wire;

/**
 * Says that a node is gone.
 *
 * @param incarnation the node's incarnation that is meant, 32 bits
 * @param node who is meant
 * @param from who says so; the node itself when it leaves gracefully
 */
public record Dead(long incarnation, Bytes node, Bytes from) implements Message {
  private static final Fields FIELDS = Fields.of("Incarnation", "Node", "From");

  /** Checks the ranges. */
  public Dead {
    Check.u32("Incarnation", incarnation);
    Check.nodeName(node);
    Check.atMost("node name", from, Limits.NAME);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(MessageType.DEAD).map(3).key("From").string(from);
    out.key("Incarnation").integer(incarnation).key("Node").string(node);
  }

  static Dead read(MsgpackReader in) throws WireException {
    long incarnation = 0;
    Bytes node = Bytes.EMPTY;
    Bytes from = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> incarnation = in.u32();
        case 1 -> node = in.name(Limits.NAME);
        default -> from = in.name(Limits.NAME);
      }
    }
    return new Dead(incarnation, node, from);
  }
}
