package community.cloudy.agent.community;

import community.cloudy.gossip.serf.coordinate.Coordinate;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where members are in the space of round trips, as far as that is known.
 *
 * @param byNode sorted by the members' names
 */
public record Coordinates(SortedMap<String, Coordinate> byNode) {
  /** Copies the map. */
  public Coordinates(Map<String, Coordinate> byNode) {
    this(Collections.unmodifiableSortedMap(new TreeMap<>(byNode)));
  }

  /** Estimates the round trip between two members. */
  public Optional<Duration> roundTrip(String one, String other) {
    Coordinate from = byNode.get(one);
    Coordinate to = byNode.get(other);
    if (from == null || to == null || !from.isCompatible(to)) {
      return Optional.empty();
    }
    return Optional.of(
        one.equals(other) ? Duration.ZERO : Duration.ofNanos(from.distanceNanos(to)));
  }
}
