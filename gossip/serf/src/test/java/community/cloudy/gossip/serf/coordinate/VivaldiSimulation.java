package community.cloudy.gossip.serf.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs small networks with known round trips until the estimates settle; seed 1 throughout. */
class VivaldiSimulation {
  private static final double MILLIS = 1e6;

  private final Random random = new Random(1);

  /** The true round trip between two nodes, nanoseconds. */
  private interface Truth {
    double nanos(int i, int j);
  }

  @Test
  void placesALine() {
    check(settle(10, 8, (i, j) -> (j - i) * 10 * MILLIS), 0.0031, 0.0130);
  }

  @Test
  void placesAGrid() {
    check(
        settle(25, 8, (i, j) -> Math.hypot(j % 5 - i % 5, j / 5 - i / 5) * 10 * MILLIS),
        0.0016,
        0.0230);
  }

  @Test
  void placesTwoSites() {
    check(settle(25, 8, (i, j) -> (i <= 12 && j > 12 ? 11 : 1) * MILLIS), 0.00006, 0.00048);
  }

  @Test
  void liftsTheNodeThatIsFarFromAllOthers() {
    double radius = 100 * MILLIS;
    Network network =
        settle(
            25, 2, (i, j) -> i == 0 ? 2 * radius : radius * 2 * Math.sin(Math.PI * (j - i) / 25));
    check(network, 0.0028, 0.064);
    for (int i = 0; i < 25; i++) {
      double height = network.clients[i].coordinate().height();
      assertThat(height).satisfies(h -> assertThat(h <= 0.003 || h >= 0.097).isTrue());
      assertThat(height >= 0.097).isEqualTo(i == 0);
    }
  }

  @Test
  void makesTheBestOfRandomRoundTrips() {
    check(settle(25, 8, (i, j) -> (random.nextGaussian() * 10 + 100) * MILLIS), 0.075, 0.33);
  }

  @Test
  void gravityPullsTheCommunityBackToTheOrigin() {
    double side = 0.5;
    double[][] places = {{0, 0}, {0, side}, {side, side}, {side, side}};
    Network network =
        new Network(
            Stream.of(places)
                .map(place -> new Coordinate(place, 1.5, 0, 10e-6))
                .map(place -> new CoordinateClient(random, place))
                .toArray(CoordinateClient[]::new),
            (i, j) -> (i % 2 == 0 && j % 2 == 0 ? Math.sqrt(2) : 1) * side * 1e9);
    network.run(1000);
    double baseline = network.drift();
    network.run(10_000);
    assertThat(network.drift()).isLessThanOrEqualTo(0.8 * baseline);
  }

  private Network settle(int nodes, int dimensions, Truth truth) {
    Network network =
        new Network(
            Stream.generate(() -> new CoordinateClient(random, Coordinate.origin(dimensions)))
                .limit(nodes)
                .toArray(CoordinateClient[]::new),
            truth);
    network.run(1000);
    return network;
  }

  private static void check(Network network, double average, double largest) {
    double sum = 0;
    int pairs = 0;
    double worst = 0;
    for (int i = 0; i < network.clients.length; i++) {
      for (int j = i + 1; j < network.clients.length; j++) {
        double actual = network.truth[i][j];
        double estimate = network.clients[i].distanceTo(network.clients[j].coordinate());
        double error = Math.abs(estimate - actual) / actual;
        worst = Math.max(worst, error);
        sum += error;
        pairs++;
      }
    }
    assertThat(sum / pairs).as("average error").isLessThanOrEqualTo(average);
    assertThat(worst).as("largest error").isLessThanOrEqualTo(largest);
  }

  private final class Network {
    private final CoordinateClient[] clients;
    private final long[][] truth;

    Network(CoordinateClient[] clients, Truth truth) {
      this.clients = clients;
      this.truth = new long[clients.length][clients.length];
      for (int i = 0; i < clients.length; i++) {
        for (int j = i + 1; j < clients.length; j++) {
          this.truth[i][j] = this.truth[j][i] = (long) truth.nanos(i, j);
        }
      }
    }

    void run(int cycles) {
      for (int cycle = 0; cycle < cycles; cycle++) {
        for (int i = 0; i < clients.length; i++) {
          int j = random.nextInt(clients.length);
          if (j != i) {
            clients[i].update(Bytes.utf8("n" + j), clients[j].coordinate(), truth[i][j]);
          }
        }
      }
    }

    /** Returns how far the middle of the bounding box is from the origin. */
    double drift() {
      double sum = 0;
      for (int d = 0; d < 2; d++) {
        int axis = d;
        double[] values =
            Stream.of(clients).mapToDouble(c -> c.coordinate().vector()[axis]).sorted().toArray();
        double middle = (values[0] + values[values.length - 1]) / 2;
        sum += middle * middle;
      }
      return Math.sqrt(sum);
    }
  }
}
