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
 * @param language in which the caller would like to be answered, as {@code Accept-Language} has it
 */
record Call(
    Caller caller,
    Map<String, String> path,
    Query query,
    Body body,
    Optional<String> knownEtag,
    boolean wantsStream,
    Optional<String> lastEventId,
    Optional<String> language) {
  Call {
    path = Map.copyOf(path);
  }

  /** Returns the value at one of the places of the route's path. */
  String at(String place) {
    return Objects.requireNonNull(path.get(place), place);
  }
}
