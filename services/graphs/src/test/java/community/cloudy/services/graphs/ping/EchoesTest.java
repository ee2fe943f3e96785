package community.cloudy.services.graphs.ping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class EchoesTest {
  @Test
  void readsFping() {
    Map<String, Echoes> echoes =
        Echoes.ofFping(
            """
            ICMP Host Unreachable from 10.0.0.1 for ICMP Echo sent to 10.1.1.9
            10.1.1.1      : 1.50 2.50 - 3.50 0.50
            10.1.1.2      : - - - - -
            fd00::1       : 0.02
            10.1.1.3      : 1.0 evil
            10.1.1.4      : duplicate for [0]
            """);
    assertThat(echoes).containsOnlyKeys("10.1.1.1", "10.1.1.2", "fd00::1");
    assertThat(echoes.get("10.1.1.1")).isEqualTo(new Echoes(20, 2, 0.5, 3.5));
    assertThat(echoes.get("10.1.1.2").loss()).isEqualTo(100);
    assertThat(echoes.get("10.1.1.2").latency()).isNaN();
  }

  @Test
  void readsTheSystemsPing() {
    String summary =
        """
        5 packets transmitted, 4 received, 20% packet loss, time 812ms
        rtt min/avg/max/mdev = 0.012/0.032/0.039/0.010 ms
        """;
    assertThat(Echoes.ofPing(summary)).contains(new Echoes(20, 0.032, 0.012, 0.039));
    assertThat(
            Echoes.ofPing("5 packets transmitted, 0 received, +3 errors, 100% packet loss")
                .orElseThrow()
                .loss())
        .isEqualTo(100);
    assertThat(Echoes.ofPing("ping: connect: Network is unreachable")).isEmpty();
    assertThat(Echoes.ofPing("0 packets transmitted, 0 received")).isEmpty();
  }

  @Test
  void doesNotFailForLongNonsense() {
    assertThat(Echoes.ofFping("10.1.1.1 : " + "1 ".repeat(100_000))).isEmpty();
    assertThat(Echoes.ofFping((":".repeat(50) + "\n").repeat(1000))).isEmpty();
  }
}
