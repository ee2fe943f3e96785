package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkDiscoveryTest {
  private static Stream<InetAddress> addresses(String literals) {
    return Arrays.stream(literals.split(",", -1))
        .map(
            literal -> {
              try {
                return InetAddress.getByName(literal);
              } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
              }
            });
  }

  private static LinkDiscovery.Node node(String community, int port, String version, String key) {
    return new LinkDiscovery.Node("attic", community, port, version, key);
  }

  @ParameterizedTest
  @CsvSource({
    "eth0, false",
    "wlan0, false",
    "br0, false",
    "bat0, false",
    "docker0, true",
    "docker_gwbridge, true",
    "br-0a1b2c3d4e5f, true",
    "veth1234, true"
  })
  void leavesOutWhatContainersUse(String device, boolean leftOut) {
    assertThat(LinkDiscovery.isForContainers(device)).isEqualTo(leftOut);
  }

  @ParameterizedTest
  @CsvSource({
    "'fe80::1,10.0.0.1,2001:db8::1', /10.0.0.1",
    "'2001:db8::1,192.168.1.1,10.0.0.1', /192.168.1.1",
    "'fe80::1,2001:db8::1', /2001:db8:0:0:0:0:0:1",
  })
  void prefersIpv4(String all, String expected) {
    assertThat(LinkDiscovery.preferred(addresses(all)).map(InetAddress::toString))
        .contains(expected);
  }

  @Test
  void hasNoUseForLinkLocalAddressesAlone() {
    assertThat(LinkDiscovery.preferred(addresses("fe80::1,169.254.1.1"))).isEmpty();
  }

  @Test
  void usesNoLoopbackAddress() throws Exception {
    assertThat(LinkDiscovery.usableAddresses())
        .noneMatch(InetAddress::isLoopbackAddress)
        .noneMatch(InetAddress::isLinkLocalAddress);
  }

  @Test
  void refusesWhatNoTextRecordCanHold() {
    assertThat(node("é".repeat(80), 1, "✓".repeat(80), "k").port()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> node("", 1, "v", "k"));
    assertThatIllegalArgumentException().isThrownBy(() -> node("a".repeat(81), 1, "v", "k"));
    assertThatIllegalArgumentException().isThrownBy(() -> node("c", 1, "a".repeat(81), "k"));
    assertThatIllegalArgumentException().isThrownBy(() -> node("c", 1, "v", "a".repeat(81)));
    assertThatIllegalArgumentException().isThrownBy(() -> node("c", 0, "v", "k"));
    assertThatIllegalArgumentException().isThrownBy(() -> node("c", 65536, "v", "k"));
  }

  @Test
  void saysWhenSerfAgentsCannotFindTheCommunity() {
    try (LinkDiscovery good = new LinkDiscovery(node("guifi", 1, "v", "k"), peer -> {});
        LinkDiscovery bad = new LinkDiscovery(node("guifi.net", 1, "v", "k"), peer -> {})) {
      assertThat(good.problem()).isEmpty();
      assertThat(bad.problem().orElseThrow()).startsWith("Could not announce this node to Serf");
    }
  }

  @Test
  void aClosedOneTakesNothingAndDoesNotMind() {
    LinkDiscovery discovery = new LinkDiscovery(node("guifi", 1, "v", "k"), peer -> {});
    discovery.close();
    discovery.withdraw("x");
    discovery.close();
  }
}
