package community.cloudy.gossip.serf.wire;

/**
 * Says that a node is joining.
 *
 * @param lamportTime when, on the members' clock
 * @param node its name
 */
public record JoinIntent(long lamportTime, Bytes node) implements SerfMessage {
  static final int TYPE = 1;
  private static final Fields FIELDS = Fields.of("LTime", "Node");

  /** Checks the ranges. */
  public JoinIntent {
    Check.lamport(lamportTime);
    Check.nodeName(node);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(2).key("LTime").integer(lamportTime).key("Node").string(node);
  }

  static JoinIntent read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    Bytes node = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        default -> node = in.bytes(Limits.NAME);
      }
    }
    return new JoinIntent(lamportTime, node);
  }
}
