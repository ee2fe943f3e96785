package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.config.NodeConfig;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
  private static Member member(Map<String, String> tags) {
    FakeCommunity community = new FakeCommunity("attic", new Changes());
    community.set("roof", MemberStatus.ALIVE, tags);
    return community.members().stream()
        .filter(member -> member.name().equals("roof"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"41.6123;2.1456, 41.6123, 2.1456", "-90;180, -90, 180", "0;-0.5, 0, -0.5"})
  void believesWhatCanBe(String tag, double latitude, double longitude) {
    assertThat(Place.of(member(Map.of("geo", tag.replace(';', ',')))))
        .contains(new Place(latitude, longitude));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "41.6",
        "41.6,",
        "91,0",
        "0,181",
        "-90.1,0",
        "NaN,0",
        "Infinity,1",
        "1e308,0",
        "1e1,0",
        "0x1,0",
        "41.6, 2.1",
        "41.6,2.1,3",
        "99999999999999999999,0",
        "٤١,2",
        "41.6,2.1\n"
      })
  void hearsNothingInNonsense(String tag) {
    assertThat(Place.of(member(Map.of("geo", tag)))).isEmpty();
  }

  @Test
  void whoSaysNothingStandsNowhere() {
    assertThat(Place.of(member(Map.of()))).isEmpty();
  }

  @Test
  void isToldOnlyIfTheOwnerHasToldBoth() {
    assertThat(Place.of(node(Optional.of(41.6), Optional.of(2.1)))).contains(new Place(41.6, 2.1));
    assertThat(Place.of(node(Optional.of(41.6), Optional.empty()))).isEmpty();
  }

  private static NodeConfig node(Optional<Double> latitude, Optional<Double> longitude) {
    return new NodeConfig(Optional.empty(), Path.of("data"), "", latitude, longitude);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -91, 1e308})
  void isOnEarth(double latitude) {
    assertThatThrownBy(() -> new Place(latitude, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
