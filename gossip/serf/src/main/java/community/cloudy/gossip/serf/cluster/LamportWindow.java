package community.cloudy.gossip.serf.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was said at the last Lamport times, so that each thing counts once: user events
 * and queries (specification B6, B7).
 *
 * <p>Serf remembers 512 times, and drops what comes later than that: at 500 events a second, what
 * is a second late. Here the window is longer, but others are told of the last 512 only.
 */
final class LamportWindow<T> {
  static final int SLOTS = 4096;

  /** How many of the last times are told in a push/pull. */
  static final int TOLD = 512;

  /** Things remembered in all: what a flood of forged ones may take of the heap. */
  static final int MAX_ITEMS = 8192;

  /** Distinct things of one time kept; more can only come from a flood of forged ones. */
  private static final int PER_SLOT = 256;

  private final LamportClock clock;
  private final List<@Nullable Slot<T>> slots = new ArrayList<>();
  private long minTime;
  private int items;

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
      replace(index, new Slot<>(time, new LinkedHashSet<>(2)));
      slot = slots.get(index);
    }
    if (slot == null || slot.items.size() >= PER_SLOT || !slot.items.add(item)) {
      return false;
    }
    items++;
    if (items > MAX_ITEMS) {
      forgetOldest(time);
    }
    return true;
  }

  private void replace(int index, @Nullable Slot<T> slot) {
    Slot<T> old = slots.set(index, slot);
    items -= old == null ? 0 : old.items.size();
  }

  private void forgetOldest(long but) {
    slots.stream()
        .filter(slot -> slot != null && slot.time != but)
        .min(Comparator.comparingLong(Slot::time))
        .ifPresent(
            oldest -> {
              replace((int) (oldest.time % SLOTS), null);
              ignoreBefore(oldest.time + 1);
            });
  }

  /** Returns the newest filled slots, for others. */
  List<Slot<T>> told() {
    List<Slot<T>> told = new ArrayList<>();
    for (Slot<T> slot : slots) {
      if (slot != null && slot.time >= clock.time() - TOLD) {
        told.add(slot);
      }
    }
    return told;
  }
}
