package community.cloudy.agent.modules;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of changes, the first at once; of those that come soon after, once when it has rested. May
 * be used from any thread.
 */
final class Rests {
  private final Consumer<Runnable> later;
  private final Consumer<String> told;
  private final Map<String, Boolean> changedWhileResting = new HashMap<>();

  /**
   * Creates it.
   *
   * @param later runs something when the rest is over
   * @param told hears what has changed
   */
  Rests(Consumer<Runnable> later, Consumer<String> told) {
    this.later = later;
    this.told = told;
  }

  /** Says that something has changed; returns at once. */
  synchronized void changed(String what) {
    if (changedWhileResting.replace(what, true) == null) {
      tell(what);
    }
  }

  private void tell(String what) {
    changedWhileResting.put(what, false);
    later.accept(() -> rested(what));
    told.accept(what);
  }

  private synchronized void rested(String what) {
    if (Boolean.TRUE.equals(changedWhileResting.remove(what))) {
      tell(what);
    }
  }
}
