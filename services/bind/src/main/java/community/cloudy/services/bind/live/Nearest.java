package community.cloudy.services.bind.live;

import community.cloudy.gossip.discovery.Health;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the nearest healthy node of those that offer the same. The choice stays until another is
 * clearly nearer: an estimate that wavers is no reason to send people to and fro.
 */
final class Nearest {
  private static final double CLEARLY = 0.7;

  private final Map<String, String> chosen = new HashMap<>();

  /**
   * Returns the one of {@code places}, all of one type; empty if all are failing. One that nobody
   * could check is taken only if there is none that works.
   */
  Optional<Place> of(String type, List<Place> places) {
    List<Place> good = in(Health.State.OK, places);
    List<Place> candidates = good.isEmpty() ? in(Health.State.UNKNOWN, places) : good;
    Optional<Place> nearest = candidates.stream().min(Comparator.comparingLong(Place::nanos));
    Optional<Place> before =
        candidates.stream().filter(p -> p.host().equals(chosen.get(type))).findFirst();
    Optional<Place> choice =
        before.filter(p -> nearest.orElseThrow().nanos() >= CLEARLY * p.nanos()).or(() -> nearest);
    choice.ifPresentOrElse(place -> chosen.put(type, place.host()), () -> chosen.remove(type));
    return choice;
  }

  private static List<Place> in(Health.State state, List<Place> places) {
    return places.stream().filter(place -> place.state() == state).toList();
  }
}
