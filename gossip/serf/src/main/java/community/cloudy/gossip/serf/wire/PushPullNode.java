package community.cloudy.gossip.serf.wire;

/**
 * What a peer believes of a node, in a {@link PushPull}.
 *
 * @param name the node's name, 1 to 255 bytes
 * @param address its 4 or 16 address bytes
 * @param port its port; 0 means the receiver's own (specification A9)
 * @param meta its meta data, at most 512 bytes
 * @param incarnation its incarnation, 32 bits
 * @param state what the peer believes
 * @param vsn the protocol versions the node speaks, 6 bytes
 */
public record PushPullNode(
    Bytes name, Bytes address, int port, Bytes meta, long incarnation, State state, Bytes vsn) {
  /** The least bytes a valid one takes: an array of seven, with one-byte numbers and name. */
  static final int LEAST = 19;

  private static final Fields FIELDS =
      Fields.of("Name", "Addr", "Port", "Meta", "Incarnation", "State", "Vsn");
  private static final State[] STATES = State.values();

  /** What memberlist believes of a node. */
  public enum State {
    /** Answers probes. */
    ALIVE(0),
    /** Does not answer, and may refute. */
    SUSPECT(1),
    /** Gone. */
    DEAD(2),
    /** Gone on purpose. */
    LEFT(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** Returns the number that travels. */
    public int code() {
      return code;
    }
  }

  /** Checks the ranges. */
  public PushPullNode {
    Check.nodeName(name);
    Check.address(address);
    Check.range("port", port, 0, 0xffff);
    Check.atMost("meta", meta, Limits.META);
    Check.u32("Incarnation", incarnation);
    Check.vsn(vsn);
  }

  void write(MsgpackWriter out) {
    out.map(7).key("Addr").bytes(address).key("Incarnation").integer(incarnation);
    out.key("Meta").bytesOrNil(meta).key("Name").string(name).key("Port").integer(port);
    out.key("State").integer(state.code()).key("Vsn").bytes(vsn);
  }

  static PushPullNode read(MsgpackReader in) throws WireException {
    Bytes name = Bytes.EMPTY;
    Bytes address = Bytes.EMPTY;
    int port = 0;
    Bytes meta = Bytes.EMPTY;
    long incarnation = 0;
    int state = 0;
    Bytes vsn = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> name = in.name(Limits.NAME);
        case 1 -> address = in.name(16);
        case 2 -> port = in.port();
        case 3 -> meta = in.name(Limits.META);
        case 4 -> incarnation = in.u32();
        case 5 -> state = (int) in.integer(0, STATES.length - 1);
        default -> vsn = in.name(6);
      }
    }
    return new PushPullNode(name, address, port, meta, incarnation, STATES[state], vsn);
  }
}
