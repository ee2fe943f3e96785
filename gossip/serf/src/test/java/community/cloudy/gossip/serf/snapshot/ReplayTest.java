package community.cloudy.gossip.serf.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.snapshot.SnapshotState.Clocks;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTest {
  static byte[] sample() throws IOException {
    try (InputStream in = ReplayTest.class.getResourceAsStream("/vectors/snapshot_sample.hex")) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.strip());
    }
  }

  private static Replay replay(byte[] file, boolean rejoin) throws IOException {
    Replay replay = new Replay(rejoin);
    replay.read(new ByteArrayInputStream(file));
    return replay;
  }

  private static Replay replay(String file) throws IOException {
    return replay(file.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  private static List<String> members(Replay replay) {
    return replay.state().alive().entrySet().stream()
        .map(e -> e.getKey() + " " + HostPort.format(e.getValue()))
        .toList();
  }

  @Test
  void replaysWhatSerfWrote() throws IOException {
    Replay replay = replay(sample(), false);
    assertThat(members(replay))
        .containsExactly("b 127.0.0.12:7946", "a 127.0.0.11:7946", "c 127.0.0.13:7946");
    assertThat(replay.state().clocks()).isEqualTo(new Clocks(2, 2, 1));
    assertThat(replay.damages()).isZero();
    assertThat(replay.torn()).isFalse();
  }

  @Test
  void readsItsOwnCompactionBack() throws IOException {
    SnapshotState state = replay(sample(), false).state();
    Replay again = replay(state.lines(), false);
    assertThat(again.state().alive()).isEqualTo(state.alive());
    assertThat(again.state().clocks()).isEqualTo(state.clocks());
  }

  @Test
  void splitsNamesWithSpacesAtTheLast() throws IOException {
    assertThat(members(replay("alive: a b  c 10.0.0.1:1\n"))).containsExactly("a b  c 10.0.0.1:1");
  }

  @Test
  void keepsNamesThatAreNotUtf8() throws IOException {
    Replay replay = replay("alive: \u00ff\u00fe 10.0.0.1:1\n");
    assertThat(replay.state().alive()).containsKey(Bytes.wrap(new byte[] {-1, -2}));
    assertThat(replay.state().lines())
        .startsWith("alive: \u00ff\u00fe 10".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void ignoresAnUnterminatedLastLine() throws IOException {
    Replay replay = replay("alive: a 10.0.0.1:1\nalive: b 10.0.0.2:79");
    assertThat(members(replay)).containsExactly("a 10.0.0.1:1");
    assertThat(replay.torn()).isTrue();
    assertThat(replay.damages()).isZero();
  }

  @Test
  void leaveForgetsUnlessRejoining() throws IOException {
    byte[] file = "alive: a 10.0.0.1:1\nclock: 5\nleave\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(members(replay(file, false))).isEmpty();
    assertThat(replay(file, false).state().clocks()).isEqualTo(Clocks.ZERO);
    assertThat(members(replay(file, true))).containsExactly("a 10.0.0.1:1");
    assertThat(replay(file, true).state().clocks().member()).isEqualTo(5);
  }

  @Test
  void ignoresCommentsAndOldCoordinates() throws IOException {
    assertThat(replay("# a: b\ncoordinate: {}\n#\n").damages()).isZero();
  }

  @Test
  void readsUnsignedClocks() throws IOException {
    Clocks clocks = replay("clock: 18446744073709551615\n").state().clocks();
    assertThat(clocks.member()).isEqualTo(-1);
    assertThat(clocks.max(new Clocks(7, 7, 7))).isEqualTo(new Clocks(-1, 7, 7));
  }

  @Test
  void skipsAndCountsGarbageLines() throws IOException {
    List<String> garbage =
        List.of(
            "garbage",
            "",
            "alive:",
            "alive: ",
            "alive: x",
            "alive:  10.0.0.1:1",
            "alive: y nowhere:1",
            "not-alive: ",
            "clock: x",
            "clock: -1",
            "Leave",
            "future: 1");
    Replay replay =
        replay("alive: a 10.0.0.1:1\n" + String.join("\n", garbage) + "\nalive: b 10.0.0.2:1\n");
    assertThat(members(replay)).containsExactly("a 10.0.0.1:1", "b 10.0.0.2:1");
    assertThat(replay.damages()).isEqualTo(garbage.size());
  }

  @Test
  void skipsZeroFilledBlocks() throws IOException {
    String zeros = "\0".repeat(100_000);
    Replay replay =
        replay("alive: a 10.0.0.1:1\nalive: lo" + zeros + "alive: b 10.0.0.2:1\n" + zeros);
    assertThat(members(replay)).containsExactly("a 10.0.0.1:1", "b 10.0.0.2:1");
    assertThat(replay.damages()).isEqualTo(2);
    assertThat(replay.torn()).isTrue();
  }

  @Test
  void skipsOverlongLinesInConstantMemory() throws IOException {
    Replay replay = replay("alive: " + "x".repeat(2_000_000) + " 10.0.0.1:1\nclock: 4\n");
    assertThat(members(replay)).isEmpty();
    assertThat(replay.damages()).isEqualTo(1);
    assertThat(replay.state().clocks().member()).isEqualTo(4);
  }

  @Test
  void boundsTheMembers() throws IOException {
    StringBuilder file = new StringBuilder();
    IntStream.rangeClosed(0, SnapshotState.MAX_MEMBERS)
        .forEach(i -> file.append("alive: n").append(i).append(" 10.0.0.1:1\n"));
    Replay replay = replay(file.toString());
    assertThat(replay.state().alive()).hasSize(SnapshotState.MAX_MEMBERS);
    assertThat(replay.damages()).isEqualTo(1);
  }

  @Test
  void survivesAnyCutAndAnyFlippedBytes() throws IOException {
    byte[] sample = sample();
    for (int cut = 0; cut <= sample.length; cut++) {
      Replay replay = replay(Arrays.copyOf(sample, cut), false);
      assertThat(replay.damages()).isZero();
    }
    Random random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      byte[] broken = sample.clone();
      for (int flips = 0; flips < 4; flips++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThat(replay(broken, random.nextBoolean()).state().alive().size()).isLessThan(8);
    }
  }
}
