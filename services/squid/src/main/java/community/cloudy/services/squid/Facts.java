package community.cloudy.services.squid;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of Squid besides whether it answers.
 *
 * @param refused why settings were not taken last; empty if they were
 * @param ended why Squid has ended last; empty if it has not
 * @param room bytes left on its disk; -1 before anybody has looked
 * @param counters Squid's own, since its start
 */
record Facts(String refused, String ended, long room, SortedMap<String, Double> counters) {
  static final Facts NONE = new Facts("", "", -1, new TreeMap<>());

  /** Copies the map. */
  Facts {
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
  }

  Facts refusing(String reason) {
    return new Facts(reason, ended, room, counters);
  }

  Facts ending(String reason) {
    return new Facts(refused, reason, room, counters);
  }

  Facts withRoom(long bytes) {
    return new Facts(refused, ended, bytes, counters);
  }

  Facts counting(SortedMap<String, Double> now) {
    return new Facts(refused, ended, room, now);
  }
}
