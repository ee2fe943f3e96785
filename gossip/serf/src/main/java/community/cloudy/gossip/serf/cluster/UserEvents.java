package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.SerfPushPull;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers the last user events, so that each is delivered once (specification B6). */
final class UserEvents {
  /** Slots of the window, by Lamport time. */
  static final int WINDOW = 512;

  /** Distinct events of one Lamport time kept; more can only come from a flood of forged ones. */
  private static final int PER_SLOT = 256;

  private final LamportClock clock;
  private final @Nullable Slot[] slots = new Slot[WINDOW];
  private long minTime;

  UserEvents(LamportClock clock) {
    this.clock = clock;
  }

  /** Makes events before {@code time} old. */
  void ignoreBefore(long time) {
    minTime = Math.max(minTime, time);
  }

  /** Witnesses an event; tells whether it is new. */
  boolean isNew(long time, Bytes name, Bytes payload) {
    clock.witness(time);
    if (time < minTime || (clock.time() > WINDOW && time < clock.time() - WINDOW)) {
      return false;
    }
    int index = (int) (time % WINDOW);
    Slot slot = slots[index];
    if (slot == null || slot.time != time) {
      slot = new Slot(time, new ArrayList<>(1));
      slots[index] = slot;
    }
    Seen seen = new Seen(name, payload);
    if (slot.seen.contains(seen) || slot.seen.size() >= PER_SLOT) {
      return false;
    }
    slot.seen.add(seen);
    return true;
  }

  /** Returns the filled slots, for a push/pull. */
  List<SerfPushPull.Slot> buffered() {
    List<SerfPushPull.Slot> filled = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot != null) {
        filled.add(
            new SerfPushPull.Slot(
                slot.time,
                slot.seen.stream()
                    .map(seen -> new SerfPushPull.Event(seen.name, seen.payload))
                    .toList()));
      }
    }
    return filled;
  }

  private record Slot(long time, List<Seen> seen) {}

  private record Seen(Bytes name, Bytes payload) {}
}
