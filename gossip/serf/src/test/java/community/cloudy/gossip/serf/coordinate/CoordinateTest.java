package community.cloudy.gossip.serf.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateTest {
  private static final Coordinate LEFT = at(-0.5, 1.3, 2.4);
  private static final Coordinate RIGHT = at(1.2, -2.3, 3.4);

  private static Coordinate at(double... vector) {
    return new Coordinate(vector, 1.5, 0, 0);
  }

  @Test
  void startsAtTheOriginWithFullErrorAndLeastHeight() {
    assertThat(Coordinate.origin()).isEqualTo(new Coordinate(new double[8], 1.5, 0, 10e-6));
  }

  @Test
  void distanceIsEuclideanPlusHeights() {
    assertThat(LEFT.rawDistance(RIGHT)).isEqualTo(4.104875150354758);
    assertThat(LEFT.distanceNanos(RIGHT)).isEqualTo(4_104_875_150L);
    Coordinate high = new Coordinate(LEFT.vector(), 1.5, 0, 0.7);
    Coordinate low = new Coordinate(RIGHT.vector(), 1.5, 0, 0.1);
    assertThat(high.rawDistance(low)).isEqualTo(4.104875150354758 + 0.7 + 0.1);
    assertThat(LEFT.distanceNanos(LEFT)).isZero();
  }

  @Test
  void adjustmentsCountUnlessTheSumWouldNotBePositive() {
    assertThat(LEFT.withAdjustment(0.1).distanceNanos(RIGHT.withAdjustment(0.2)))
        .isEqualTo(4_404_875_150L);
    assertThat(LEFT.withAdjustment(-10).distanceNanos(RIGHT)).isEqualTo(4_104_875_150L);
  }

  @Test
  void refusesToMeasureAcrossDimensions() {
    assertThatThrownBy(() -> LEFT.distanceNanos(at(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LEFT.isCompatible(at(1, 2))).isFalse();
  }

  @Test
  void forcePushesAlongTheLineBetween() {
    Coordinate here = at(0, 0, 0);
    Coordinate above = at(0, 0, 2.9);
    assertThat(here.push(5.3, above, new Random(1)).vector()).containsExactly(0, 0, -5.3);
    Coordinate pushed = here.push(0.2, at(0.1, 0.1, 0), new Random(1));
    assertThat(pushed.vector()[0]).isCloseTo(-0.2 / Math.sqrt(2), within(1e-12));
    assertThat(pushed.vector()[2]).isZero();
  }

  @Test
  void forceFromTheSamePlacePushesSomewhereByItsLength() {
    Coordinate pushed = LEFT.push(1, LEFT, new Random(1));
    assertThat(pushed.rawDistance(LEFT)).isCloseTo(1, within(1e-9));
    assertThat(pushed.height()).isEqualTo(LEFT.height());
  }

  @Test
  void heightGrowsWithForceAndNeverFallsBelowItsMinimum() {
    Coordinate ground = new Coordinate(new double[3], 1.5, 0, 10e-6);
    Coordinate peer = new Coordinate(new double[] {0, 0, 2.9}, 1.5, 0, 10e-6);
    double height = 10e-6;
    assertThat(ground.push(5.3, peer, new Random(1)).height())
        .isEqualTo((height + height) * 5.3 / 2.9 + height);
    assertThat(ground.push(-5.3, peer, new Random(1)).height()).isEqualTo(10e-6);
  }

  @Test
  void cannotBeChangedThroughItsArrays() {
    double[] vector = {1, 2};
    Coordinate coordinate = at(vector);
    vector[0] = 9;
    coordinate.vector()[1] = 9;
    assertThat(coordinate).isEqualTo(at(1, 2)).hasSameHashCodeAs(at(1, 2)).isNotEqualTo(at(1, 3));
    assertThat(coordinate).hasToString(at(1, 2).toString());
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        10.1,
        -10.1
      })
  void callsHostileNumbersInsane(double hostile) {
    assertThat(at(0, hostile).isSane()).isFalse();
    assertThat(at(0).withAdjustment(hostile).isSane()).isFalse();
    assertThat(new Coordinate(new double[1], 1, 0, hostile).isSane()).isFalse();
  }

  @Test
  void callsNegativeOrEndlessErrorAndNegativeHeightInsane() {
    assertThat(at(0).isSane()).isTrue();
    assertThat(at(0).withError(-0.1).isSane()).isFalse();
    assertThat(at(0).withError(Double.NaN).isSane()).isFalse();
    assertThat(new Coordinate(new double[1], 1, 0, -0.1).isSane()).isFalse();
  }

  @Test
  void refusesNoneOrTooManyDimensions() {
    assertThatThrownBy(() -> at()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> at(new double[65])).isInstanceOf(IllegalArgumentException.class);
  }
}
