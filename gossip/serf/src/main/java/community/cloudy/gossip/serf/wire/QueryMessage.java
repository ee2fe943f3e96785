package community.cloudy.gossip.serf.wire;

import java.util.List;

/**
 * Asks a question of all nodes, or of some (specification B7).
 *
 * @param lamportTime when, on the queries' clock
 * @param id tells it from others of the same time, 32 bits
 * @param address 4 or 16 address bytes of the asker, where answers go
 * @param port its port, 1 to 65535
 * @param sourceNode its name, or none
 * @param filters who is asked; each a type byte and a msgpack value
 * @param flags {@link #ACK} and {@link #NO_BROADCAST}, 32 bits
 * @param relayFactor how many others also carry each answer, 0 to 255
 * @param timeoutNanos how long answers are waited for, in nanoseconds, at most a day
 * @param name what is asked
 * @param payload what comes with it
 */
public record QueryMessage(
    long lamportTime,
    long id,
    Bytes address,
    int port,
    Bytes sourceNode,
    List<Bytes> filters,
    long flags,
    int relayFactor,
    long timeoutNanos,
    Bytes name,
    Bytes payload)
    implements SerfMessage {
  /** In {@link #flags}: each node asked says at once that it has the question. */
  public static final long ACK = 1;

  /** In {@link #flags}: the question is not passed on. */
  public static final long NO_BROADCAST = 2;

  static final int TYPE = 4;
  private static final Fields FIELDS =
      Fields.of(
          "LTime",
          "ID",
          "Addr",
          "Port",
          "SourceNode",
          "Filters",
          "Flags",
          "RelayFactor",
          "Timeout",
          "Name",
          "Payload");

  /** Checks the ranges and freezes the list. */
  public QueryMessage {
    Check.lamport(lamportTime);
    Check.u32("ID", id);
    Check.address(address);
    Check.range("port", port, 1, 0xffff);
    Check.atMost("node name", sourceNode, Limits.NAME);
    Check.u32("flags", flags);
    Check.range("relay factor", relayFactor, 0, 255);
    Check.range("timeout", timeoutNanos, 0, Limits.QUERY_TIMEOUT);
    filters = List.copyOf(filters);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(11).key("Addr").bytes(address).key("Filters");
    if (filters.isEmpty()) {
      out.nil();
    } else {
      out.list(filters.size());
      filters.forEach(out::bytes);
    }
    out.key("Flags").integer(flags).key("ID").integer(id).key("LTime").integer(lamportTime);
    out.key("Name").string(name).key("Payload").bytesOrNil(payload).key("Port").integer(port);
    out.key("RelayFactor").integer(relayFactor).key("SourceNode").string(sourceNode);
    out.key("Timeout").integer(timeoutNanos);
  }

  static QueryMessage read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    long id = 0;
    Bytes address = Bytes.EMPTY;
    int port = 0;
    Bytes sourceNode = Bytes.EMPTY;
    List<Bytes> filters = List.of();
    long flags = 0;
    int relayFactor = 0;
    long timeout = 0;
    Bytes name = Bytes.EMPTY;
    Bytes payload = Bytes.EMPTY;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        case 1 -> id = in.u32();
        case 2 -> address = in.bytes(16);
        case 3 -> port = in.port();
        case 4 -> sourceNode = in.bytes(Limits.NAME);
        case 5 -> filters = in.list(Limits.FILTERS, Limits.PAYLOAD);
        case 6 -> flags = in.u32();
        case 7 -> relayFactor = (int) in.integer(0, 255);
        case 8 -> timeout = in.integer(0, Limits.QUERY_TIMEOUT);
        case 9 -> name = in.bytes(Limits.PAYLOAD);
        default -> payload = in.bytes(Limits.PAYLOAD);
      }
    }
    return new QueryMessage(
        lamportTime,
        id,
        address,
        port,
        sourceNode,
        filters,
        flags,
        relayFactor,
        timeout,
        name,
        payload);
  }
}
