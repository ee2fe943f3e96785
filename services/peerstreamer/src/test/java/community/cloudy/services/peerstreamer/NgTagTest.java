package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.NgTag.NgChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NgTagTest {
  private static String tag(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void channelsOfPeerStreamerNgAreReadAsItsSerfPartWritesThem() {
    String tag =
        tag("Assembly,10.1.2.3,6001,quality=low,http://10.1.2.3:3000/a.sdp;Radio,10.1.2.4,6007,,");

    assertThat(NgTag.read("roof", tag))
        .containsExactly(
            new NgChannel("Assembly", new Peer("10.1.2.3", 6001, "roof")),
            new NgChannel("Radio", new Peer("10.1.2.4", 6007, "roof")));
  }

  @Test
  void markupAndControlCharactersDoNotPass() {
    assertThat(NgTag.read("roof", tag("<b>A\u0007\u202Eb,10.1.2.3,6001,,")))
        .extracting(NgChannel::title)
        .containsExactly("bAb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "A,b",
        "A,example.org,6001,,",
        "A,10.1.2.3,no,,",
        "A,10.1.2.3,0,,",
        ",10.1.2.3,6001,,"
      })
  void whatIsNoChannelIsPassedOver(String entry) {
    assertThat(NgTag.read("roof", tag(entry))).isEmpty();
    assertThat(NgTag.read("roof", entry + "!")).isEmpty();
  }

  @Test
  void anEndlessListIsCut() {
    assertThat(NgTag.read("roof", tag("A,10.1.2.3,6001,,;".repeat(100)))).hasSize(32);
    assertThat(NgTag.read("roof", tag("A,10.1.2.3,6001,,;".repeat(10_000)))).isEmpty();
  }
}
