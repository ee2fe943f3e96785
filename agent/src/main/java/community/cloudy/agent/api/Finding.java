package community.cloudy.agent.api;

import java.util.Map;

/**
 * What the doctor found.
 *
 * @param name of the check
 * @param diagnosis what is to be said of it
 * @param seen what was seen, by the names of its places in the diagnosis
 */
record Finding(String name, Diagnosis diagnosis, Map<String, String> seen) {
  /** Copies the map. */
  Finding {
    seen = Map.copyOf(seen);
  }
}
