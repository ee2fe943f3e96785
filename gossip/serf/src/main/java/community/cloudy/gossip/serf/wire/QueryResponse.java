package community.cloudy.gossip.serf.wire;

/**
 * Answers a {@link QueryMessage}, or with flag {@link QueryMessage#ACK} says it has arrived.
 *
 * @param lamportTime that of the query
 * @param id that of the query, 32 bits
 * @param from who answers
 * @param flags {@link QueryMessage#ACK} or 0, 32 bits
 * @param payload the answer
 */
public record QueryResponse(long lamportTime, long id, Bytes from, long flags, Bytes payload)
    implements SerfMessage {
  static final int TYPE = 5;
  private static final Fields FIELDS = Fields.of("LTime", "ID", "From", "Flags", "Payload");

  /** Checks the ranges. */
  public QueryResponse {
    Check.lamport(lamportTime);
    Check.u32("ID", id);
    Check.nodeName(from);
    Check.u32("flags", flags);
    Check.atMost("payload", payload, Limits.PAYLOAD);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(5).key("Flags").integer(flags).key("From").string(from);
    out.key("ID").integer(id).key("LTime").integer(lamportTime);
    out.key("Payload").bytesOrNil(payload);
  }

  static QueryResponse read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    long id = 0;
    Bytes from = Bytes.EMPTY;
    long flags = 0;
    Bytes payload = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        case 1 -> id = in.u32();
        case 2 -> from = in.bytes(Limits.NAME);
        case 3 -> flags = in.u32();
        default -> payload = in.bytes(Limits.PAYLOAD);
      }
    }
    return new QueryResponse(lamportTime, id, from, flags, payload);
  }
}
