package community.cloudy.gossip.serf.wire;

/**
 * Carries a user event.
 *
 * @param lamportTime when, on the events' clock
 * @param name what happened
 * @param payload what comes with it
 * @param coalesce whether only the latest of this name matters
 */
public record UserEventMessage(long lamportTime, Bytes name, Bytes payload, boolean coalesce)
    implements SerfMessage {
  static final int TYPE = 3;
  private static final Fields FIELDS = Fields.of("LTime", "Name", "Payload", "CC");

  /** Checks the ranges. */
  public UserEventMessage {
    Check.lamport(lamportTime);
    Check.atMost("event name", name, Limits.PAYLOAD);
    Check.atMost("payload", payload, Limits.PAYLOAD);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(4).key("CC").bool(coalesce).key("LTime").integer(lamportTime);
    out.key("Name").string(name).key("Payload").bytesOrNil(payload);
  }

  static UserEventMessage read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    Bytes name = Bytes.EMPTY;
    Bytes payload = Bytes.EMPTY;
    boolean coalesce = false;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        case 1 -> name = in.bytes(Limits.PAYLOAD);
        case 2 -> payload = in.bytes(Limits.PAYLOAD);
        default -> coalesce = in.bool();
      }
    }
    return new UserEventMessage(lamportTime, name, payload, coalesce);
  }
}
