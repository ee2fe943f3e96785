package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerGateTest {
  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private static ContainerGate gate(String through, String own, int prefix) throws Exception {
    ContainerGate.Network network = new ContainerGate.Network(through, address(own), prefix);
    return new ContainerGate(() -> Stream.of(network));
  }

  @ParameterizedTest
  @CsvSource({
    "docker0, 172.17.0.1, 16, 172.17.3.4",
    "br-0123456789ab, 172.20.0.1, 20, 172.20.15.255",
    "docker_gwbridge, fd00:1::1, 64, fd00:1::2"
  })
  void refusesCallersOnTheBridgesOfContainers(String through, String own, int prefix, String caller)
      throws Exception {
    ContainerGate gate = gate(through, own, prefix);
    InetAddress from = address(caller);

    assertThatThrownBy(() -> gate.check(from))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("api.from_containers");
  }

  @ParameterizedTest
  @CsvSource({
    "docker0, 172.17.0.1, 16, 172.18.0.2",
    "docker0, 172.17.0.1, 16, 127.0.0.1",
    "docker0, 172.17.0.1, 16, fd00::1",
    "br-lan, 10.1.2.1, 24, 10.1.2.3",
    "wlan0, 172.17.0.1, 16, 172.17.3.4"
  })
  void letsAllOthersPass(String through, String own, int prefix, String caller) throws Exception {
    ContainerGate gate = gate(through, own, prefix);
    InetAddress from = address(caller);

    assertThatCode(() -> gate.check(from)).doesNotThrowAnyException();
  }

  @Test
  void seesTheLoopbackOfThisMachine() {
    assertThat(ContainerGate.ofThisMachine())
        .anyMatch(network -> network.own().isLoopbackAddress() && network.prefix() > 0);
  }
}
