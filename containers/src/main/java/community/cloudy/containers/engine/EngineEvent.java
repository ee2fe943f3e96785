package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened at the engine.
 *
 * @param at when, to the nanosecond
 * @param kind to what: {@code container}, {@code image}, {@code volume}, {@code network}
 * @param action what: {@code start}, {@code die}, {@code health_status: healthy}
 * @param id to which
 * @param attributes its labels and more
 */
public record EngineEvent(
    Instant at, String kind, String action, String id, Map<String, String> attributes) {
  /** Takes copies. */
  public EngineEvent {
    attributes = Map.copyOf(attributes);
  }
}
