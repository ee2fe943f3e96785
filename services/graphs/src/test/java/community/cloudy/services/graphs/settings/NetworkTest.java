package community.cloudy.services.graphs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkTest {
  private static boolean holds(String network, String address) throws UnknownHostException {
    return new Network(network).holds(InetAddress.getByName(address));
  }

  @Test
  void holdsJustItsAddresses() throws UnknownHostException {
    assertThat(holds("10.0.0.0/8", "10.255.1.2")).isTrue();
    assertThat(holds("10.0.0.0/8", "11.0.0.1")).isFalse();
    assertThat(holds("172.16.0.0/12", "172.31.255.255")).isTrue();
    assertThat(holds("172.16.0.0/12", "172.32.0.0")).isFalse();
    assertThat(holds("10.1.2.3", "10.1.2.3")).isTrue();
    assertThat(holds("10.1.2.3", "10.1.2.2")).isFalse();
    assertThat(holds("0.0.0.0/0", "8.8.8.8")).isTrue();
    assertThat(holds("0.0.0.0/0", "::1")).isFalse();
    assertThat(holds("fd00::/9", "fd7f::1")).isTrue();
    assertThat(holds("fd00::/9", "fd80::1")).isFalse();
  }

  @Test
  void refusesWhatIsNoNetworkAndAsksNoNameServer() {
    for (String text :
        List.of(
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "fd00::/129",
            "example.org",
            "a:b/8",
            "10.0.0.0/",
            "/8")) {
      assertThatThrownBy(() -> new Network(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Address.parsed("localhost")).isEmpty();
    assertThat(Address.parsed("1:2:3:4:5:6:7:8:9")).isEmpty();
    assertThat(Address.parsed("256.1.1.1")).isEmpty();
  }
}
