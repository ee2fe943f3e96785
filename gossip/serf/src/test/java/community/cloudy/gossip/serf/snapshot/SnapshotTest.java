package community.cloudy.gossip.serf.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.snapshot.Snapshot.Peer;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SnapshotTest {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b c");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("serf.snapshot");
  }

  private static Endpoint at(int last) {
    return new Endpoint(Bytes.wrap(new byte[] {10, 0, (byte) (last >> 8), (byte) last}), 7946);
  }

  private Snapshot open() throws IOException {
    return Snapshot.open(file, Snapshot.MIN_COMPACT_BYTES, false);
  }

  @Test
  void startsEmptyWithoutAFile() throws IOException {
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).isEmpty();
      assertThat(snapshot.previous().clock()).isZero();
    }
  }

  @Test
  void valuesSurviveARestart() throws IOException {
    try (Snapshot snapshot = open()) {
      snapshot.alive(A, at(1));
      snapshot.alive(B, at(2));
      snapshot.alive(Bytes.utf8("gone"), at(3));
      snapshot.clocks(100, 42, 7);
      assertThat(snapshot.flush()).isTrue();
      snapshot.notAlive(Bytes.utf8("gone"));
      snapshot.clocks(99, 43, 7);
    }
    assertThat(file)
        .hasContent(
            """
            alive: a 10.0.0.1:7946
            alive: b c 10.0.0.2:7946
            alive: gone 10.0.0.3:7946
            clock: 100
            event-clock: 42
            query-clock: 7
            not-alive: gone
            clock: 100
            event-clock: 43
            query-clock: 7
            """);
    try (Snapshot snapshot = open()) {
      Snapshot.Previous previous = snapshot.previous();
      assertThat(previous.members()).containsExactly(new Peer(A, at(1)), new Peer(B, at(2)));
      assertThat(previous).extracting("clock", "eventClock", "queryClock").contains(100L, 43L, 7L);
    }
  }

  @Test
  void goesOnWithAFileSerfWrote() throws IOException {
    Files.write(file, ReplayTest.sample());
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).hasSize(3);
      snapshot.notAlive(A);
    }
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).extracting(Peer::name).doesNotContain(A).hasSize(2);
    }
  }

  @Test
  void leaveForgetsMembersAndClocksAndEndsRecording() throws IOException {
    try (Snapshot snapshot = open()) {
      snapshot.alive(A, at(1));
      snapshot.clocks(9, 9, 9);
      snapshot.flush();
      snapshot.leave();
      snapshot.alive(B, at(2));
      snapshot.clocks(10, 10, 10);
    }
    assertThat(Files.readString(file)).endsWith("leave\n").containsOnlyOnce("leave");
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).isEmpty();
      assertThat(snapshot.previous().eventClock()).isZero();
    }
  }

  @Test
  void leaveKeepsThemWhenRejoining() throws IOException {
    try (Snapshot snapshot = Snapshot.open(file, 1, true)) {
      snapshot.alive(A, at(1));
      snapshot.clocks(9, 9, 9);
      snapshot.leave();
    }
    try (Snapshot snapshot = Snapshot.open(file, 1, true)) {
      assertThat(snapshot.previous().members()).containsExactly(new Peer(A, at(1)));
      assertThat(snapshot.previous().clock()).isEqualTo(9);
    }
  }

  @Test
  void compactionShrinksTheFileToWhatMatters() throws IOException {
    try (Snapshot snapshot = Snapshot.open(file, 1024, false)) {
      for (int i = 1; i <= 1000; i++) {
        snapshot.alive(A, at(i));
        snapshot.clocks(i, i, i);
        assertThat(snapshot.flush()).isTrue();
        assertThat(Files.size(file)).isLessThan(1200);
      }
    }
    assertThat(folder.resolve("serf.snapshot.compact")).doesNotExist();
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).containsExactly(new Peer(A, at(1000)));
      assertThat(snapshot.previous().queryClock()).isEqualTo(1000);
    }
  }

  @Test
  void neverAppendsToATornLine() throws IOException {
    Files.writeString(file, "alive: a 10.0.0.1:7946\nalive: b 10.0.0.2:79");
    try (Snapshot snapshot = open()) {
      snapshot.alive(B, at(2));
    }
    assertThat(Files.readAllLines(file))
        .contains("alive: a 10.0.0.1:7946", "alive: b c 10.0.0.2:7946")
        .noneMatch(line -> line.startsWith("alive: b 10"));
    assertThat(folder.resolve("serf.snapshot.damaged")).doesNotExist();
  }

  @Test
  void keepsTheFirstDamagedFileAsideAndStarts() throws IOException {
    String broken = "alive: a 10.0.0.1:7946\n\0\0\0\0\nrubbish\n";
    Files.writeString(file, broken);
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).containsExactly(new Peer(A, at(1)));
      assertThat(snapshot.previous().damages()).isEqualTo(2);
    }
    Path kept = folder.resolve("serf.snapshot.damaged");
    assertThat(kept).hasContent(broken);
    assertThat(Files.readString(file)).doesNotContain("rubbish").doesNotContain("\0");
    Files.writeString(file, "other rubbish\n");
    open().close();
    assertThat(kept).hasContent(broken);
  }

  @Test
  void finishesACompactionThatWasCutShort() throws IOException {
    Files.writeString(folder.resolve("serf.snapshot.compact"), "alive: a 10.0.0.1:7946\n");
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).hasSize(1);
    }
    assertThat(file).exists();
  }

  @Test
  void leavesOutNamesThatWouldForgeLines() throws IOException {
    try (Snapshot snapshot = open()) {
      snapshot.alive(Bytes.utf8("x 1.1.1.1:1\nalive: forged"), at(1));
      snapshot.alive(Bytes.utf8("x\0alive: forged"), at(1));
      snapshot.alive(Bytes.EMPTY, at(1));
      snapshot.alive(Bytes.utf8("n".repeat(513)), at(1));
      snapshot.alive(Bytes.utf8("n".repeat(512)), at(1));
      snapshot.notAlive(Bytes.utf8("y\nleave"));
      assertThat(snapshot.refused()).isEqualTo(4);
    }
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members())
          .extracting(p -> p.name().length())
          .containsOnly(512);
      assertThat(snapshot.previous().damages()).isZero();
    }
  }

  @Test
  void writesIpv6InBrackets() throws IOException {
    byte[] raw = new byte[16];
    raw[0] = (byte) 0xfd;
    raw[15] = 2;
    try (Snapshot snapshot = open()) {
      snapshot.alive(A, new Endpoint(Bytes.wrap(raw), 7946));
    }
    assertThat(Files.readString(file)).isEqualTo("alive: a [fd00::2]:7946\n");
  }

  @Test
  void catchesUpWhenTheDiskComesBack() throws IOException {
    file = folder.resolve("not-mounted-yet").resolve("serf.snapshot");
    try (Snapshot snapshot = open()) {
      snapshot.alive(A, at(1));
      assertThat(snapshot.flush()).isFalse();
      snapshot.alive(B, at(2));
      snapshot.clocks(3, 2, 1);
      assertThat(snapshot.flush()).isFalse();
      assertThat(snapshot.problem()).isPresent();
      Files.createDirectory(file.getParent());
      assertThat(snapshot.flush()).isTrue();
      assertThat(snapshot.problem()).isEmpty();
    }
    try (Snapshot snapshot = open()) {
      assertThat(snapshot.previous().members()).hasSize(2);
      assertThat(snapshot.previous().clock()).isEqualTo(3);
    }
  }

  @Test
  void saysWhenThePathIsNoFile() {
    assertThatThrownBy(() -> Snapshot.open(folder, 1, false).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void closesTwice() throws IOException {
    Snapshot snapshot = open();
    snapshot.close();
    snapshot.close();
    snapshot.alive(A, at(1));
    assertThat(snapshot.flush()).isFalse();
  }
}
