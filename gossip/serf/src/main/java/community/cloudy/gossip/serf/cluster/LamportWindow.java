package community.cloudy.gossip.serf.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was said at the last 512 Lamport times, so that each thing counts once: user
 * events and queries (specification B6, B7).
 */
final class LamportWindow<T> {
  static final int SLOTS = 512;

  /** Distinct things of one time kept; more can only come from a flood of forged ones. */
  private static final int PER_SLOT = 256;

  private final LamportClock clock;
  private final List<@Nullable Slot<T>> slots = new ArrayList<>();
  private long minTime;

  /**
   * What was said at one time.
   *
   * @param time Lamport time
   * @param items in the order they came
   */
  record Slot<T>(long time, Set<T> items) {}

  LamportWindow(LamportClock clock) {
    this.clock = clock;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(null);
    }
  }

  /** Makes everything before {@code time} old. */
  void ignoreBefore(long time) {
    minTime = Math.max(minTime, time);
  }

  /** Witnesses {@code item}; tells whether it is new. */
  boolean isNew(long time, T item) {
    clock.witness(time);
    if (time < minTime || (clock.time() > SLOTS && time < clock.time() - SLOTS)) {
      return false;
    }
    int index = (int) (time % SLOTS);
    Slot<T> slot = slots.get(index);
    if (slot == null || slot.time != time) {
      slot = new Slot<>(time, new LinkedHashSet<>(2));
      slots.set(index, slot);
    }
    return slot.items.size() < PER_SLOT && slot.items.add(item);
  }

  /** Returns the filled slots. */
  List<Slot<T>> filled() {
    List<Slot<T>> filled = new ArrayList<>();
    for (Slot<T> slot : slots) {
      if (slot != null) {
        filled.add(slot);
      }
    }
    return filled;
  }
}
