package community.cloudy.services.graphs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.graphs.model.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of files. */
final class StoreTest {
  private static final long BEGIN = 1_700_000_100;

  @TempDir Path folder;

  private static Sample ping(String device, long at, double loss, double latency) {
    return new Sample.Ping(device, Instant.ofEpochSecond(at), loss, latency, 1, 9);
  }

  private static List<Sample> pings(String device, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      samples.add(ping(device, BEGIN + 300L * i, 0, i));
    }
    return samples;
  }

  private Series series(Store store, String device, int count) throws IOException {
    return store
        .averages(FileName.ping(device), BEGIN, BEGIN + 300L * count - 1, 300)
        .orElseThrow();
  }

  @Test
  void keepsWhatIsWrittenInAnyOrderAndLeavesOutWhatIsLate() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      List<Sample> samples = pings("7", 10);
      java.util.Collections.shuffle(samples, new Random(1));
      assertThat(store.write(samples))
          .extracting(Written::updates, Written::created)
          .containsExactly(10, 1);
      assertThat(series(store, "7", 10).values(1)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      assertThat(store.write(List.of(ping("7", BEGIN + 900, 0, 99))).late()).isEqualTo(1);
      assertThat(series(store, "7", 10).values(1)).endsWith(8, 9, 10);
      assertThat(store.last(FileName.ping("7"))).contains(Instant.ofEpochSecond(BEGIN + 3000));
    }
  }

  @Test
  void keepsAnOutageAsFullLossWithoutALatency() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 2));
      store.write(List.of(ping("7", BEGIN + 900, 100, Double.NaN)));
      Series series = series(store, "7", 3);
      assertThat(series.values(0)).containsExactly(0, 0, 100);
      assertThat(series.value(1, 2)).isNaN();
    }
  }

  @Test
  void keepsFinerValuesAndSmokeWhereAskedTo() throws IOException {
    StoreSettings.Fine fine = new StoreSettings.Fine(Duration.ofSeconds(60), Duration.ofHours(1));
    try (Store store = new Store(folder, new StoreSettings(Optional.of(fine), true))) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 1; i <= 50; i++) {
        samples.add(ping("7", BEGIN + 60L * i, 0, i));
      }
      store.write(samples);
      FileName name = FileName.ping("7");
      long now = BEGIN + 3000;
      assertThat(store.finest(name, now - 600, now - 1, 1).orElseThrow().step()).isEqualTo(60);
      assertThat(store.finest(name, now - 7200, now - 1, 1).orElseThrow().step()).isEqualTo(300);
      Series five = store.averages(name, now - 300, now - 1, 1).orElseThrow();
      assertThat(five.values(1)).containsExactly(48);
      assertThat(store.list("7"))
          .extracting(FileName::file)
          .containsExactly("7_ping.rrd", "7_smoke.rrd");
    }
  }

  @Test
  void setsATornFileAsideAndBeginsAnew() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 2));
      Path file = folder.resolve("7_ping.rrd");
      Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 5000));
      assertThatThrownBy(() -> store.last(FileName.ping("7")))
          .hasMessageContaining("7_ping.rrd is cut off: it has 5000 bytes");
      Written written = store.write(List.of(ping("7", BEGIN + 900, 0, 3)));
      assertThat(written).extracting(Written::updates, Written::created).containsExactly(1, 1);
      assertThat(folder.resolve("7_ping.rrd.bad-" + (BEGIN + 900))).hasSize(5000);
    }
  }

  @Test
  void refusesEveryHeadOfGarbageWithoutHarm() throws IOException {
    Path file = folder.resolve("7_ping.rrd");
    RrdtoolIT.writeLegacy(file, BEGIN);
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bad[random.nextInt(2912)] = (byte) random.nextInt();
      }
      Files.write(file, bad);
      try (RrdFile opened = RrdFile.write(file)) {
        opened.update(Instant.ofEpochSecond(BEGIN + 900), List.of("1", "2"));
      } catch (BadFileException e) {
        assertThat(e).hasMessageMatching("(is|was|cannot) .*");
      }
    }
  }

  @Test
  void tellsOtherArchitecturesFromGarbage() throws IOException {
    Path file = folder.resolve("x.rrd");
    ByteBuffer big = ByteBuffer.allocate(200).order(ByteOrder.BIG_ENDIAN);
    big.put("RRD\0".getBytes(StandardCharsets.US_ASCII))
        .put("0003".getBytes(StandardCharsets.US_ASCII));
    big.putDouble(16, 8.642135E130);
    Files.write(file, big.array());
    assertThatThrownBy(() -> RrdFile.read(file)).hasMessageContaining("rrdtool dump");
    big.order(ByteOrder.LITTLE_ENDIAN).putDouble(16, 8.642135E130).putInt(24, 2).putInt(28, 8);
    Files.write(file, big.array());
    assertThatThrownBy(() -> RrdFile.read(file)).hasMessageContaining("another kind of machine");
    Files.writeString(file, "");
    assertThatThrownBy(() -> RrdFile.read(file)).hasMessage("is not a round-robin file");
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    Path other = folder.resolve("other");
    RrdtoolIT.writeLegacy(other, BEGIN);
    byte[] before = Files.readAllBytes(other);
    Files.createSymbolicLink(folder.resolve("7_ping.rrd"), other);
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      Written written = store.write(List.of(ping("7", BEGIN + 300, 0, 3)));
      assertThat(written.failed()).isEqualTo(1);
      assertThat(Files.readAllBytes(other)).isEqualTo(before);
    }
  }

  @Test
  void saysWhatIsWrongAndGoesOnWhenThereIsRoom() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 1));
      Path blocked = Files.createDirectories(folder.resolve("8_ping.rrd.new/x")).getParent();
      Written written =
          store.write(
              List.of(
                  ping("7", BEGIN + 600, 0, 1),
                  ping("8", BEGIN + 600, 0, 1),
                  ping("9", BEGIN + 600, 0, 1)));
      assertThat(written).extracting(Written::updates, Written::failed).containsExactly(1, 2);
      assertThat(written.problem())
          .hasValueSatisfying(p -> assertThat(p).startsWith("Could not write 8_ping.rrd: "));
      Files.delete(blocked.resolve("x"));
      Files.delete(blocked);
      Written better =
          store.write(List.of(ping("8", BEGIN + 900, 0, 1), ping("9", BEGIN + 900, 0, 1)));
      assertThat(better).extracting(Written::updates, Written::failed).containsExactly(2, 0);
      assertThat(better.problem()).isEmpty();
    }
  }

  @Test
  void makesATornNewestValueUnknownAfterAPowerCut() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 3));
      assertThat(folder.resolve(".open")).exists();
      Files.writeString(folder.resolve(".open"), "another boot\n");
    }
    Path file = folder.resolve("7_ping.rrd");
    Files.writeString(folder.resolve(".open"), "another boot\n");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Head head = Head.of(ByteBuffer.wrap(java.util.Arrays.copyOf(bytes.array(), 2912)));
    bytes.putDouble((int) head.offset(0) + head.row(0) * 16 + 8, 123.0);
    Files.write(file, bytes.array());
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      assertThat(series(store, "7", 3).values(1)).containsExactly(1, 2, 123);
      store.write(List.of(ping("7", BEGIN + 1200, 0, 4)));
      assertThat(series(store, "7", 4).values(1)).containsExactly(1, 2, Double.NaN, 4);
      assertThat(series(store, "7", 4).values(0)).containsExactly(0, 0, 0, 0);
    }
  }

  @Test
  void aWriterThatDiesBetweenItsWritesHarmsNothing() throws IOException {
    Path file = folder.resolve("7_ping.rrd");
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 850));
      byte[] before = Files.readAllBytes(file);
      store.write(List.of(ping("7", BEGIN + 300L * 851, 0, 851)));
      byte[] torn = Files.readAllBytes(file);
      System.arraycopy(before, 0, torn, 0, 2912); // The rows were written, the head was not.
      Files.write(file, torn);
      assertThat(store.last(FileName.ping("7"))).contains(Instant.ofEpochSecond(BEGIN + 255_000));
      store.write(List.of(ping("7", BEGIN + 300L * 852, 0, 852)));
      double[] values =
          store
              .averages(FileName.ping("7"), BEGIN + 300L * 52, BEGIN + 300L * 852 - 1, 300)
              .orElseThrow()
              .values(1);
      assertThat(values).hasSize(800).startsWith(53, 54).endsWith(849, 850, 852, 852);
    }
  }

  @Test
  void namesCannotLeadOutOfTheFolder() {
    assertThat(FileName.of("../5_ping.rrd")).isEmpty();
    assertThat(FileName.of("5-01_traf.rrd")).isEmpty();
    assertThat(FileName.of("5-99999999999_traf.rrd")).isEmpty();
    assertThat(FileName.of("a-1-2_traf.rrd")).contains(FileName.traffic("a-1", 2));
    assertThatThrownBy(() -> FileName.ping("../x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileName.ping("a*")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesRangesThatAreTooLong() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 3));
      assertThatThrownBy(() -> store.averages(FileName.ping("7"), 0, Long.MAX_VALUE / 2, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.averages(FileName.ping("8"), 0, 1, 1)).isEmpty();
    }
  }

  @Test
  void exportsWhatItCanImport() throws IOException {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      store.write(pings("7", 30));
      StringBuilder xml = new StringBuilder();
      assertThat(store.exportXml(FileName.ping("7"), xml)).isTrue();
      Path back = folder.resolve("back.rrd");
      Restore.from(new ByteArrayInputStream(xml.toString().getBytes(StandardCharsets.UTF_8)), back);
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      store.export(FileName.ping("7"), copy);
      try (RrdFile one = RrdFile.read(back);
          RrdFile other = RrdFile.read(folder.resolve("7_ping.rrd"))) {
        for (int a = 0; a < 8; a++) {
          assertThat(one.all(a)).isEqualTo(other.all(a));
        }
      }
      assertThat(copy.size()).isEqualTo(105_312);
    }
  }

  @Test
  void refusesDumpsThatAttack() {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE rrd [<!ENTITY a SYSTEM \"file:///etc/passwd\">"
            + "<!ENTITY b \"&a;&a;\">]><rrd><version>&b;</version><step>&a;</step></rrd>";
    String deep = "<rrd>" + "<a>".repeat(1000);
    String many = "<rrd>" + "<v>1</v>".repeat(1_000_001);
    for (String text : List.of(bomb, deep, many, "", "<rrd/>", "<rrd><step>-5</step></rrd>")) {
      assertThatThrownBy(
              () ->
                  Restore.from(
                      new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                      folder.resolve("x.rrd")))
          .isInstanceOf(BadFileException.class);
    }
    assertThat(folder.resolve("x.rrd")).doesNotExist();
  }
}
