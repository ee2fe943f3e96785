package community.cloudy.gossip.serf.wire;

/**
 * Says that a node will leave, or that an operator declares it gone.
 *
 * @param lamportTime when, on the members' clock
 * @param node its name
 * @param prune whether it is to be forgotten at once
 */
public record LeaveIntent(long lamportTime, Bytes node, boolean prune) implements SerfMessage {
  static final int TYPE = 0;
  private static final Fields FIELDS = Fields.of("LTime", "Node", "Prune");

  /** Checks the ranges. */
  public LeaveIntent {
    Check.lamport(lamportTime);
    Check.nodeName(node);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(3).key("LTime").integer(lamportTime).key("Node").string(node);
    out.key("Prune").bool(prune);
  }

  static LeaveIntent read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    Bytes node = Bytes.EMPTY;
    boolean prune = false;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        case 1 -> node = in.bytes(Limits.NAME);
        default -> prune = in.bool();
      }
    }
    return new LeaveIntent(lamportTime, node, prune);
  }
}
