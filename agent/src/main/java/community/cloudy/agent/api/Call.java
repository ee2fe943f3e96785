package community.cloudy.agent.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that may be answered.
 *
 * @param caller who asks
 * @param path the values in its path, by name
 * @param query its parameters
 * @param body what it carries
 * @param knownEtag the tag of what the caller already has
 * @param wantsStream whether the caller asks for server-sent events
 * @param lastEventId the last event that a returning caller has heard of
 */
record Call(
    Caller caller,
    Map<String, String> path,
    Query query,
    Body body,
    Optional<String> knownEtag,
    boolean wantsStream,
    Optional<String> lastEventId) {
  Call {
    path = Map.copyOf(path);
  }

  /** Returns the value at one of the places of the route's path. */
  String at(String place) {
    return Objects.requireNonNull(path.get(place), place);
  }
}
