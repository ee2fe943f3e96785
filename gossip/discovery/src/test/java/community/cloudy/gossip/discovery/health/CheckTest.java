package community.cloudy.gossip.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "http://h/", "/a b", "/\r\nHost: evil", "/\u00e8", "/\u0000", "/a\tb"})
  void refusesAPathThatWouldBreakTheRequestLine(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.Http(false, path));
  }

  @Test
  void takesAPathOfUpTo256Characters() {
    assertThat(new Check.Http(true, "/" + "a".repeat(255)).path()).hasSize(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Check.Http(true, "/" + "a".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", "a.", ".a", "a b", "\u00e8.example"})
  void refusesWhatIsNoDomainName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.Dns(name));
  }

  @Test
  void refusesTooLongDomainNames() {
    String label = "a".repeat(63);
    assertThat(new Check.Dns(label).name()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.Dns(label + "a"));
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);
    assertThat(new Check.Dns(longest).name()).hasSize(253);
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.Dns(longest + "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a@b", "[::1]", "a b", "fe80::1%eth0"})
  void refusesWhatIsNoHost(String host) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Target(host, 80));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void refusesPortsOutOfRange(int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Target("a", port));
  }

  @Test
  void putsBracketsAroundIpv6() {
    assertThat(new Target("::1", 80)).hasToString("[::1]:80");
    assertThat(new Target("10.1.2.3", 80)).hasToString("10.1.2.3:80");
  }

  @ParameterizedTest
  @CsvSource({
    "999, 500, 3, 2",
    "3600001, 500, 3, 2",
    "10000, 99, 3, 2",
    "60000, 30001, 3, 2",
    "2000, 2001, 3, 2",
    "10000, 5000, 0, 2",
    "10000, 5000, 11, 2",
    "10000, 5000, 3, 0",
    "10000, 5000, 3, 11"
  })
  void refusesPlansOutOfRange(long interval, long timeout, int down, int up) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CheckPlan(
                    new Check.Tcp(),
                    Duration.ofMillis(interval),
                    Duration.ofMillis(timeout),
                    down,
                    up));
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000, 1, 10", "3600000, 30000, 10, 1", "1000, 100, 3, 2"})
  void takesPlansAtTheEdges(long interval, long timeout, int down, int up) {
    CheckPlan plan =
        new CheckPlan(
            new Check.Tcp(), Duration.ofMillis(interval), Duration.ofMillis(timeout), down, up);
    assertThat(plan.recheck()).isEqualTo(Duration.ofMillis(Math.min(interval, 2000)));
  }

  @Test
  void checksEveryTenSecondsIfNothingElseIsSaid() {
    assertThat(CheckPlan.of(new Check.Udp()))
        .isEqualTo(
            new CheckPlan(new Check.Udp(), Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 2));
  }
}
