package community.cloudy.services.bind.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.bind.settings.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

final class SerialTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);
  @TempDir private Path folder;

  @Test
  void countsRound() {
    assertThat(new Serial(0xffffffffL).next(Instant.EPOCH)).isEqualTo(new Serial(0));
    assertThat(new Serial(3).isAfter(new Serial(0xfffffffeL))).isTrue();
    assertThat(new Serial(0xfffffffeL).isAfter(new Serial(3))).isFalse();
    assertThat(new Serial(5).isAfter(new Serial(5))).isFalse();
    assertThatThrownBy(() -> new Serial(1L << 32)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void growsWithEachOfManyChangesWithinASecond() throws IOException {
    Serials serials = new Serials(folder.resolve("serials"), InstantSource.fixed(NOW));
    Serial before = serials.of(zone(0, 0));
    for (int i = 1; i < 200; i++) {
      Serial next = serials.of(zone(i, 0));
      assertThat(next.isAfter(before)).isTrue();
      before = next;
    }
  }

  @Test
  void staysWithTheContentAndOverARestart() throws IOException {
    Path file = folder.resolve("serials");
    Serials serials = new Serials(file, InstantSource.fixed(NOW));
    Serial first = serials.of(zone(1, 0));
    serials.keep();
    Serials later = new Serials(file, InstantSource.fixed(NOW.plusSeconds(3600)));
    assertThat(later.of(zone(1, 0))).isEqualTo(first).isEqualTo(new Serial(1_795_000_000));
    assertThat(later.of(zone(2, 0))).isEqualTo(new Serial(1_795_003_600));
  }

  @Test
  void beginsAboveTheSerialOfAZoneThatIsTakenOver() throws IOException {
    Serials serials = new Serials(folder.resolve("serials"), InstantSource.fixed(NOW));
    assertThat(serials.of(zone(1, 2_021_032_912L))).isEqualTo(new Serial(2_021_032_913L));
    assertThat(serials.of(zone(2, 2_021_032_912L))).isEqualTo(new Serial(2_021_032_914L));
  }

  private static Zone.Primary zone(int content, long serial) {
    Name name = Records.below("test", Name.root);
    return new Zone.Primary(
        name,
        View.BOTH,
        "settings",
        List.of(Records.below("ns1", name)),
        Records.below("h", name),
        List.of(Records.text(name, 60, List.of("content " + content))),
        serial,
        false);
  }
}
