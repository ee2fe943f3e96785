package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.Coordinates;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Answers where members are, in the space of round trips. */
final class CoordinatesEndpoint {
  static final Set<String> PARAMETERS = Set.of("node");

  private CoordinatesEndpoint() {}

  static Reply answer(Community community, Query query) {
    List<String> wanted = query.all("node");
    String here = community.localMember().name();
    Coordinates coordinates = community.coordinates();
    ObjectNode json = Json.object().put("from", here);
    ArrayNode list = json.putArray("coordinates");
    coordinates
        .byNode()
        .forEach(
            (node, coordinate) -> {
              if (wanted.isEmpty() || wanted.contains(node)) {
                ObjectNode entry = list.addObject().put("node", node);
                put(entry, coordinate);
                coordinates
                    .roundTrip(here, node)
                    .ifPresent(time -> entry.put("rtt_ms", milliseconds(time)));
              }
            });
    return Reply.json(json);
  }

  private static void put(ObjectNode entry, Coordinate coordinate) {
    ArrayNode vector = entry.putArray("vector");
    DoubleStream.of(coordinate.vector()).forEach(vector::add);
    entry
        .put("error", coordinate.error())
        .put("adjustment", coordinate.adjustment())
        .put("height", coordinate.height());
  }

  /** Returns a time in milliseconds, to the microsecond. */
  static double milliseconds(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }
}
