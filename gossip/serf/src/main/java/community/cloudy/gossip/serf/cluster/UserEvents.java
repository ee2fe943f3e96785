package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.SerfPushPull;
import java.util.List;

/** Remembers the last user events, so that each is delivered once (specification B6). */
final class UserEvents {
  private final LamportWindow<SerfPushPull.Event> window;

  UserEvents(LamportClock clock) {
    window = new LamportWindow<>(clock);
  }

  /** Makes events before {@code time} old. */
  void ignoreBefore(long time) {
    window.ignoreBefore(time);
  }

  /** Witnesses an event; tells whether it is new. */
  boolean isNew(long time, Bytes name, Bytes payload) {
    return window.isNew(time, new SerfPushPull.Event(name, payload));
  }

  /** Returns the newest slots, for a push/pull. */
  List<SerfPushPull.Slot> buffered() {
    return window.told().stream()
        .map(slot -> new SerfPushPull.Slot(slot.time(), List.copyOf(slot.items())))
        .toList();
  }
}
