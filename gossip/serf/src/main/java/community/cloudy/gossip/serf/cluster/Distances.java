package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.coordinate.CoordinateClient;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.CoordinatePayload;
import community.cloudy.gossip.serf.wire.Slice;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Learns how far away members are, from the coordinates their acks carry (specification B11). */
final class Distances {
  private final CoordinateClient client;
  private final Map<Bytes, Coordinate> known = new HashMap<>();
  private Bytes ackPayload;

  Distances(RandomGenerator random) {
    client = new CoordinateClient(random);
    ackPayload = encode(client.coordinate());
  }

  /** Returns this node's coordinate as acks carry it. */
  Bytes ackPayload() {
    return ackPayload;
  }

  /** Takes in a round trip to a member and what its ack says; tells whether that made sense. */
  boolean measured(Bytes name, long rttNanos, Slice payload) {
    try {
      Coordinate coordinate = decode(payload);
      if (client.update(name, coordinate, rttNanos)) {
        known.put(name, coordinate);
        ackPayload = encode(client.coordinate());
        return true;
      }
    } catch (WireException | IllegalArgumentException e) {
      // Counted by the caller, like a coordinate that is not sane.
    }
    return false;
  }

  /** Returns the coordinate {@code name} last told. */
  Optional<Coordinate> of(Bytes name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Returns this node's coordinate. */
  Coordinate own() {
    return client.coordinate();
  }

  void forget(Bytes name) {
    known.remove(name);
    client.forget(name);
  }

  private static Bytes encode(Coordinate coordinate) {
    return new CoordinatePayload(
            coordinate.adjustment(),
            coordinate.error(),
            coordinate.height(),
            DoubleStream.of(coordinate.vector()).boxed().toList())
        .encode();
  }

  private static Coordinate decode(Slice payload) throws WireException {
    CoordinatePayload claimed = CoordinatePayload.decode(payload);
    double[] vector = claimed.vector().stream().mapToDouble(Double::doubleValue).toArray();
    return new Coordinate(vector, claimed.error(), claimed.adjustment(), claimed.height());
  }
}
