package community.cloudy.gossip.discovery.health;

import static community.cloudy.gossip.discovery.Health.State.FAILING;
import static community.cloudy.gossip.discovery.Health.State.OK;
import static community.cloudy.gossip.discovery.Health.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.Health.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private static List<State> believed(int down, int up, State... results) {
    Thresholds thresholds = new Thresholds(down, up);
    List<State> states = new ArrayList<>();
    for (State result : results) {
      states.add(thresholds.add(result));
    }
    return states;
  }

  @Test
  void oneSuccessEndsNotKnowing() {
    assertThat(believed(3, 2, OK)).containsExactly(OK);
  }

  @Test
  void aFirstFailureOnlyCounts() {
    assertThat(believed(3, 2, FAILING, FAILING, FAILING))
        .containsExactly(UNKNOWN, UNKNOWN, FAILING);
  }

  @Test
  void failuresBelowTheThresholdChangeNothing() {
    assertThat(believed(3, 2, OK, FAILING, FAILING, OK, FAILING, FAILING, OK)).containsOnly(OK);
  }

  @Test
  void enoughFailuresInARowAreBelieved() {
    assertThat(believed(3, 2, OK, FAILING, FAILING, FAILING)).containsExactly(OK, OK, OK, FAILING);
  }

  @Test
  void aFailingServiceNeedsSuccessesInARow() {
    assertThat(believed(1, 2, FAILING, OK, FAILING, OK, OK))
        .containsExactly(FAILING, FAILING, FAILING, FAILING, OK);
  }

  @Test
  void resultsThatProveNothingMakeItUnknownInTime() {
    assertThat(believed(2, 2, OK, UNKNOWN, UNKNOWN, OK)).containsExactly(OK, OK, UNKNOWN, OK);
    assertThat(believed(3, 1, OK, UNKNOWN, UNKNOWN, UNKNOWN)).containsExactly(OK, OK, OK, UNKNOWN);
    assertThat(believed(2, 2, FAILING, FAILING, UNKNOWN, UNKNOWN))
        .containsExactly(UNKNOWN, FAILING, FAILING, UNKNOWN);
  }

  @Test
  void differentBadResultsAreNoRow() {
    assertThat(believed(2, 2, OK, FAILING, UNKNOWN, FAILING, UNKNOWN)).containsOnly(OK);
  }

  @Test
  void tellsWhatTheLastResultContradicts() {
    Thresholds thresholds = new Thresholds(2, 2);
    thresholds.add(FAILING);
    assertThat(thresholds.contradicted()).isTrue();
    assertThat(thresholds.inRow()).isEqualTo(1);
    thresholds.add(FAILING);
    assertThat(thresholds.contradicted()).isFalse();
    assertThat(thresholds.inRow()).isEqualTo(2);
    thresholds.add(OK);
    assertThat(thresholds.contradicted()).isTrue();
    assertThat(thresholds.inRow()).isEqualTo(1);
  }
}
