package community.cloudy.gossip.serf.cluster;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers the last queries, so that each is handled once (specification B7). */
final class QueryWindow {
  private static final int WINDOW = 512;
  private static final int PER_SLOT = 256;

  private final LamportClock clock;
  private final @Nullable Slot[] slots = new Slot[WINDOW];
  private long minTime;

  QueryWindow(LamportClock clock) {
    this.clock = clock;
  }

  /** Makes queries before {@code time} old. */
  void ignoreBefore(long time) {
    minTime = Math.max(minTime, time);
  }

  /** Witnesses a query; tells whether it is new. */
  boolean isNew(long time, long id) {
    clock.witness(time);
    if (time < minTime || (clock.time() > WINDOW && time < clock.time() - WINDOW)) {
      return false;
    }
    int index = (int) (time % WINDOW);
    Slot slot = slots[index];
    if (slot == null || slot.time != time) {
      slot = new Slot(time, new HashSet<>());
      slots[index] = slot;
    }
    return slot.ids.size() < PER_SLOT && slot.ids.add(id);
  }

  private record Slot(long time, Set<Long> ids) {}
}
