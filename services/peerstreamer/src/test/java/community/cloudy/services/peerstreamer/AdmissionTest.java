package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static Channel channel(String id, Ports ports) {
    return new Channel(
        id,
        Kind.VIEWER,
        id,
        Optional.empty(),
        Optional.of(new Peer("10.1.2.3", 6200, "attic")),
        500,
        ports);
  }

  @Test
  void eachPortIsGivenOnceAndWhenNoneIsLeftThatIsSaid() throws IOException {
    PeerstreamerSettings settings =
        Node.bound("{\"p2p_ports\": \"26200-26209\", \"local_ports\": \"26210-26212\"}");
    Ports first = new Admission(settings, List.of()).ports(new Random(7));
    assertThat(first.peers()).isEqualTo(26_200);
    assertThat(List.of(first.input(), first.meter(), first.hls()))
        .containsExactlyInAnyOrder(26_210, 26_211, 26_212);
    Admission second = new Admission(settings, List.of(channel("tv", first)));
    assertThatThrownBy(() -> second.ports(new Random(7)))
        .hasMessage("No UDP port of 26210-26212 is free. Set a wider range.");
  }

  @Test
  void theSumOfAllChannelsIsLimited() throws IOException {
    PeerstreamerSettings settings =
        Node.bound("{\"max_channel_kbit\": 1000, \"max_kbit\": 1500, \"max_channels\": 2}");
    Channel tv = channel("tv", new Ports(1, 2, 3, 4));
    Admission admission = new Admission(settings, List.of(tv));
    admission.check("radio", 1000);
    assertThatThrownBy(() -> admission.check("radio", 1001)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> admission.check("radio", 0)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> admission.check("tv", 100)).hasMessageContaining("a channel tv");
    Admission full = new Admission(settings, List.of(tv, channel("x", new Ports(5, 6, 7, 8))));
    assertThatThrownBy(() -> full.check("radio", 100)).hasMessageContaining("There are 2 channels");
  }
}
