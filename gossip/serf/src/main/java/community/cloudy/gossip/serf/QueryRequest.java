package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the community (specification B7).
 *
 * @param name what is asked; names that start with {@code _serf_} are Serf's own
 * @param payload what comes with it; name, payload and filters must fit 1,024 bytes encoded
 * @param nodes names of those asked; empty for all
 * @param tags regular expressions (RE2, unanchored) that the tags of those asked must match
 * @param acknowledge whether each node asked says at once that it has the question
 * @param relayFactor how many other members also carry each answer, 0 to 255
 * @param timeout how long answers are waited for; by default it grows with the community
 */
public record QueryRequest(
    String name,
    Bytes payload,
    List<String> nodes,
    Map<String, String> tags,
    boolean acknowledge,
    int relayFactor,
    Optional<Duration> timeout) {
  /** Checks the relay factor and copies the collections. */
  public QueryRequest {
    nodes = List.copyOf(nodes);
    tags = Map.copyOf(tags);
    if (relayFactor < 0 || relayFactor > 255) {
      throw new SerfException(
          SerfException.Code.INVALID, "relay factor " + relayFactor + " is not in 0 to 255");
    }
  }

  /** Returns a question to all nodes, with every default. */
  public static QueryRequest of(String name, Bytes payload) {
    return new QueryRequest(name, payload, List.of(), Map.of(), false, 0, Optional.empty());
  }
}
