package community.cloudy.agent.api;

import java.util.Optional;

/**
 * A request that may be answered.
 *
 * @param query its parameters
 * @param body what it carries
 * @param knownEtag the tag of what the caller already has
 */
record Call(Query query, Body body, Optional<String> knownEtag) {}
