package community.cloudy.gossip.discovery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedAnnouncementTest {
  private final TestNode node = new TestNode("attic");
  private final SignedAnnouncement record = node.signed("web", 7, TestNode.offer("Garden"));

  @Test
  void readsBackWhatItWrote() throws Exception {
    SignedAnnouncement read = SignedAnnouncement.read(record.encoded());
    assertThat(read).isEqualTo(record);
    assertThat(TestNode.isGenuine(read)).isTrue();
    SignedAnnouncement withdrawn = node.withdrawn("web", 8);
    assertThat(SignedAnnouncement.read(withdrawn.encoded())).isEqualTo(withdrawn);
  }

  @Test
  void theHeadTellsWhichItIs() throws Exception {
    assertThat(SignedAnnouncement.head(record.encoded()))
        .isEqualTo(new SignedAnnouncement.Head(node.key(), "web", 7));
  }

  @Test
  void anyChangedBitBreaksTheRecordOrItsSignature() {
    for (int bit = 0; bit < record.encoded().length() * 8; bit++) {
      byte[] changed = record.encoded().array().clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(isAccepted(changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void anyShorterOrLongerRecordIsRefused() {
    byte[] whole = record.encoded().array();
    for (int length = 0; length < whole.length; length++) {
      assertThat(isAccepted(Arrays.copyOf(whole, length))).as("length %d", length).isFalse();
    }
    assertThat(isAccepted(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    assertThat(isAccepted(Arrays.copyOf(whole, 70_000))).isFalse();
  }

  @Test
  void randomBytesNeverEscapeAsAnotherException() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = record.encoded().array().clone();
      for (int changes = random.nextInt(1, 20); changes > 0; changes--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      isRead(noise);
    }
  }

  private static boolean isRead(byte[] bytes) {
    try {
      SignedAnnouncement.head(Bytes.wrap(bytes));
      SignedAnnouncement.read(Bytes.wrap(bytes));
      return true;
    } catch (RecordException e) {
      return false;
    }
  }

  private static boolean isAccepted(byte[] bytes) {
    try {
      return TestNode.isGenuine(SignedAnnouncement.read(Bytes.wrap(bytes)));
    } catch (RecordException e) {
      return false;
    }
  }

  @Test
  void nothingOverAThousandBytesIsSigned() {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      attributes.put("a" + i, "x".repeat(120));
    }
    Offer large =
        new Offer(
            "website",
            "large",
            "",
            List.of(new ServiceEndpoint("http", "", 80, "")),
            attributes,
            Health.unchecked());
    assertThatThrownBy(() -> node.signed("web", 1, large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("over the limit of 1000");
  }

  @Test
  void unsortedAttributesAreNotTheOneEncoding() {
    Offer offer =
        new Offer(
            "website",
            "x",
            "",
            List.of(new ServiceEndpoint("http", "", 80, "")),
            new TreeMap<>(java.util.Map.of("aa", "1", "bb", "2")),
            Health.unchecked());
    byte[] body = node.signed("web", 1, offer).encoded().array();
    String text = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] swapped =
        text.replace("aa", "zz").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SignedAnnouncement.read(Bytes.wrap(swapped)))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("sorted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "red \u001b[31m text",
        "right \u202e to left",
        "two\nlines",
        "nul \u0000",
        "zero\u200bwidth",
        "half \ud800 pair"
      })
  void textThatCouldHarmAReaderIsRefused(String text) {
    assertThatThrownBy(() -> TestNode.offer(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textThatCouldHarmAReaderIsRefusedOnTheWireToo() {
    byte[] body = node.signed("web", 1, TestNode.offer("name[here")).encoded().array();
    byte[] harmful = body.clone();
    for (int i = 0; i < harmful.length - 64; i++) {
      if (harmful[i] == '[') {
        harmful[i] = 0x1b;
      }
    }
    assertThatThrownBy(() -> SignedAnnouncement.read(Bytes.wrap(harmful)))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("control");
  }

  @Test
  void eachPartOfAnOfferIsBounded() {
    assertThatThrownBy(() -> new ServiceEndpoint("http", "", 65536, ""))
        .hasMessageContaining("port");
    assertThatThrownBy(() -> new ServiceEndpoint("javascript", "", 80, ""))
        .hasMessageContaining("names no place");
    assertThatThrownBy(() -> new ServiceEndpoint("http", "a b", 80, ""))
        .hasMessageContaining("host");
    assertThatThrownBy(() -> new ServiceEndpoint("http", "", 80, "/<b>"))
        .hasMessageContaining("path");
    assertThatThrownBy(() -> Announcement.checkedId("Web")).hasMessageContaining("id");
    assertThatThrownBy(() -> TestNode.offer("x".repeat(65))).hasMessageContaining("name");
    assertThatThrownBy(
            () -> new Announcement(node.key(), "n".repeat(129), "web", 1, 3600, Optional.empty()))
        .hasMessageContaining("node");
  }
}
