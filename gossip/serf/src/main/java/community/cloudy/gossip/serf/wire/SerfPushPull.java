package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Serf's part of a {@link PushPull}: clocks, and what they were when members changed (specification
 * B5).
 *
 * @param lamportTime the members' clock
 * @param statusTimes for each member, the time of its last change
 * @param leftMembers names of members that have left
 * @param eventTime the user events' clock
 * @param events the user events still remembered, in no order
 * @param queryTime the queries' clock
 */
public record SerfPushPull(
    long lamportTime,
    Map<Bytes, Long> statusTimes,
    List<Bytes> leftMembers,
    long eventTime,
    List<Slot> events,
    long queryTime)
    implements SerfMessage {
  static final int TYPE = 2;
  private static final Fields FIELDS =
      Fields.of("LTime", "StatusLTimes", "LeftMembers", "EventLTime", "Events", "QueryLTime");
  private static final Fields SLOT_FIELDS = Fields.of("LTime", "Events");
  private static final Fields EVENT_FIELDS = Fields.of("Name", "Payload");

  /**
   * The user events of one moment.
   *
   * @param lamportTime when
   * @param events what happened
   */
  public record Slot(long lamportTime, List<Event> events) {
    /** Checks the time and freezes the list. */
    public Slot {
      Check.lamport(lamportTime);
      events = List.copyOf(events);
    }
  }

  /**
   * One user event; whether it may be coalesced is not remembered.
   *
   * @param name what happened
   * @param payload what comes with it
   */
  public record Event(Bytes name, Bytes payload) {}

  /** Checks the clocks and freezes the collections. */
  public SerfPushPull {
    Check.lamport(lamportTime);
    Check.lamport(eventTime);
    Check.lamport(queryTime);
    statusTimes = Collections.unmodifiableMap(new LinkedHashMap<>(statusTimes));
    leftMembers = List.copyOf(leftMembers);
    events = List.copyOf(events);
  }

  @Override
  public void write(MsgpackWriter out) {
    out.raw(TYPE).map(6).key("EventLTime").integer(eventTime);
    out.key("Events").list(events.size());
    for (Slot slot : events) {
      out.map(2).key("Events").list(slot.events().size());
      for (Event event : slot.events()) {
        out.map(2).key("Name").string(event.name()).key("Payload").bytesOrNil(event.payload());
      }
      out.key("LTime").integer(slot.lamportTime());
    }
    out.key("LTime").integer(lamportTime).key("LeftMembers").list(leftMembers.size());
    leftMembers.forEach(out::string);
    out.key("QueryLTime").integer(queryTime).key("StatusLTimes").map(statusTimes.size());
    statusTimes.forEach((name, time) -> out.string(name).integer(time));
  }

  static SerfPushPull read(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    Map<Bytes, Long> statusTimes = Map.of();
    List<Bytes> leftMembers = List.of();
    long eventTime = 0;
    List<Slot> events = List.of();
    long queryTime = 0;
    in.begin(FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        case 1 -> statusTimes = readTimes(in);
        case 2 -> leftMembers = in.list(Limits.NODES, Limits.NAME);
        case 3 -> eventTime = in.lamport();
        case 4 -> events = readSlots(in);
        default -> queryTime = in.lamport();
      }
    }
    return new SerfPushPull(lamportTime, statusTimes, leftMembers, eventTime, events, queryTime);
  }

  private static Map<Bytes, Long> readTimes(MsgpackReader in) throws WireException {
    Map<Bytes, Long> times = new LinkedHashMap<>();
    for (int left = in.map(Limits.NODES); left > 0; left--) {
      times.put(in.bytes(Limits.NAME), in.lamport());
    }
    return times;
  }

  private static List<Slot> readSlots(MsgpackReader in) throws WireException {
    List<Slot> slots = new ArrayList<>();
    int events = 0;
    for (int left = in.list(Limits.EVENTS); left > 0; left--) {
      if (!in.nil()) {
        Slot slot = readSlot(in);
        slots.add(slot);
        events += slot.events().size();
        Check.count("events", events, Limits.EVENTS);
      }
    }
    return slots;
  }

  private static Slot readSlot(MsgpackReader in) throws WireException {
    long lamportTime = 0;
    List<Event> events = List.of();
    in.begin(SLOT_FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> lamportTime = in.lamport();
        default -> events = readEvents(in);
      }
    }
    return new Slot(lamportTime, events);
  }

  private static List<Event> readEvents(MsgpackReader in) throws WireException {
    List<Event> events = new ArrayList<>();
    for (int left = in.list(Limits.EVENTS); left > 0; left--) {
      events.add(readEvent(in));
    }
    return events;
  }

  private static Event readEvent(MsgpackReader in) throws WireException {
    Bytes name = Bytes.EMPTY;
    Bytes payload = Bytes.EMPTY;
    in.begin(EVENT_FIELDS);
    for (int field = in.field(); field >= 0; field = in.field()) {
      switch (field) {
        case 0 -> name = in.bytes(Limits.PAYLOAD);
        default -> payload = in.bytes(Limits.PAYLOAD);
      }
    }
    return new Event(name, payload);
  }
}
