package community.cloudy.gossip.serf.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoordinateClientTest {
  private static final Bytes PEER = Bytes.utf8("peer");

  private final CoordinateClient client = new CoordinateClient(new Random(1));

  @Test
  void agreesWithSerfBitForBit() throws IOException {
    JsonNode vectors;
    try (InputStream in = getClass().getResourceAsStream("/vectors/vivaldi.json")) {
      vectors = new ObjectMapper().readTree(in);
    }
    CoordinateClient serf = new CoordinateClient(new Random(1), parse(vectors.get("start")));
    assertThat(vectors.get("steps")).hasSize(45);
    for (JsonNode step : vectors.get("steps")) {
      Coordinate other = parse(step.get("other"));
      Bytes node = Bytes.utf8(step.get("node").asText());
      assertThat(serf.update(node, other, step.get("rtt_nanos").asLong())).isTrue();
      assertThat(serf.coordinate()).isEqualTo(parse(step.get("after")));
      assertThat(serf.distanceTo(other))
          .isEqualTo(step.get("distance_to_other_after_nanos").asLong());
    }
  }

  private static Coordinate parse(JsonNode json) {
    double[] vector = new double[json.get("vec").size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = json.get("vec").get(i).asDouble();
    }
    return new Coordinate(
        vector,
        json.get("error").asDouble(),
        json.get("adjustment").asDouble(),
        json.get("height").asDouble());
  }

  @Test
  void filterAnswersTheMedianOfThree() {
    LatencyFilter filter = new LatencyFilter();
    double[] samples = {0.201, 0.200, 0.207, 1.9, 0.203, 0.199, 0.211};
    double[] medians = {0.201, 0.201, 0.201, 0.207, 0.207, 0.203, 0.203};
    for (int i = 0; i < samples.length; i++) {
      assertThat(filter.median(samples[i])).isEqualTo(medians[i]);
    }
  }

  @Test
  void forgettingANodeEmptiesItsFilter() {
    Coordinate there = new Coordinate(new double[8], 1.5, 0, 0.001);
    CoordinateClient fresh = new CoordinateClient(new Random(1));
    client.update(PEER, there, 900_000_000);
    client.update(PEER, there, 900_000_000);
    Coordinate before = client.coordinate();
    client.forget(PEER);
    client.update(PEER, there, 1_000_000);
    fresh.update(PEER, there, 900_000_000);
    assertThat(client.coordinate().vector()[0]).isNotEqualTo(before.vector()[0]);
    assertThat(client.distanceTo(there)).isLessThan(before.distanceNanos(there));
  }

  @Test
  void refusesHostileCoordinatesAndChangesNothing() {
    double[] far = new double[8];
    far[3] = Coordinate.SANE_SECONDS * 1.01;
    double[] nan = new double[8];
    nan[0] = Double.NaN;
    assertThat(client.update(PEER, new Coordinate(far, 1, 0, 0), 1)).isFalse();
    assertThat(client.update(PEER, new Coordinate(nan, 1, 0, 0), 1)).isFalse();
    assertThat(client.update(PEER, new Coordinate(new double[8], -1, 0, 0), 1)).isFalse();
    assertThat(client.update(PEER, new Coordinate(new double[7], 1, 0, 0), 1)).isFalse();
    assertThat(client.coordinate()).isEqualTo(Coordinate.origin());
    assertThat(client.refused()).isEqualTo(4);
  }

  @Test
  void refusesRoundTripsBelowZeroOrAboveTenSeconds() {
    Coordinate there = Coordinate.origin();
    assertThat(client.update(PEER, there, -1)).isFalse();
    assertThat(client.update(PEER, there, CoordinateClient.MAX_RTT_NANOS + 1)).isFalse();
    assertThat(client.update(PEER, there, 0)).isTrue();
    assertThat(client.update(PEER, there, CoordinateClient.MAX_RTT_NANOS)).isTrue();
  }

  @Test
  void startsAgainWhenItsOwnCoordinateTurnsInsane() {
    double[] broken = new double[8];
    broken[0] = Double.NaN;
    CoordinateClient sick = new CoordinateClient(new Random(1), new Coordinate(broken, 1.5, 0, 0));
    assertThat(sick.update(PEER, Coordinate.origin(), 1_000_000)).isTrue();
    assertThat(sick.resets()).isEqualTo(1);
    assertThat(sick.coordinate()).isEqualTo(Coordinate.origin());
  }

  @Test
  void staysSaneWhateverSanePeersClaim() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double[] vector = random.doubles(8, -10, 10).toArray();
      Coordinate lie =
          new Coordinate(
              vector,
              random.nextInt(3) == 0 ? 0 : random.nextDouble(0, 2),
              random.nextDouble(-10, 10),
              random.nextDouble(0, 10));
      client.update(Bytes.utf8("n" + i % 50), lie, random.nextLong(10_000_000_000L));
      assertThat(client.coordinate().isSane()).isTrue();
    }
  }
}
