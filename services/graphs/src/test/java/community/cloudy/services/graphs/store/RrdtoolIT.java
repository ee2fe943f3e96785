package community.cloudy.services.graphs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Layout.Function;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our files and rrdtool's are the same, value for value. */
final class RrdtoolIT {
  private static final long BEGIN = 1_700_000_010;

  @TempDir Path folder;

  @BeforeAll
  static void needs() {
    assumeTrue(Rrdtool.isInstalled(), "needs rrdtool (package rrdtool)");
  }

  private record Reading(long seconds, int micros, List<String> values) {
    Instant at() {
      return Instant.ofEpochSecond(seconds, micros * 1000L);
    }

    String argument() {
      String time = seconds + (micros == 0 ? "" : ".5");
      return time + ":" + String.join(":", values);
    }
  }

  /** Readings at even and odd times, with gaps, unknowns, jumps and, for counters, wraps. */
  private static List<Reading> readings(Random random, String type, int sources) {
    List<Reading> readings = new ArrayList<>();
    long at = BEGIN;
    long[] counters = random.longs(sources, 0, 1L << 31).toArray();
    for (int i = 0; i < 400; i++) {
      at +=
          switch (random.nextInt(20)) {
            case 0 -> 1 + random.nextInt(3000);
            case 1 -> random.nextInt(40) == 0 ? 40 * 86_400L : 700;
            case 2 -> 1;
            case 3, 4, 5 -> 300 - Math.floorMod(at, 300);
            default -> 290 + random.nextInt(20);
          };
      List<String> values = new ArrayList<>();
      for (int s = 0; s < sources; s++) {
        values.add(random.nextInt(10) == 0 ? "U" : value(random, type, counters, s));
      }
      readings.add(new Reading(at, random.nextInt(8) == 0 ? 500_000 : 0, values));
    }
    return readings;
  }

  private static String value(Random random, String type, long[] counters, int s) {
    if (type.equals("COUNTER") || type.equals("DERIVE")) {
      counters[s] = (counters[s] + random.nextInt(300_000_000)) & 0xffff_ffffL;
      return String.valueOf(counters[s]);
    }
    double size = random.nextInt(30) == 0 ? 1e12 : 1e6;
    return String.valueOf(Math.rint(random.nextDouble() * size) / 64);
  }

  @ParameterizedTest
  @CsvSource({
    "GAUGE, 1",
    "GAUGE, 2",
    "GAUGE, 3",
    "COUNTER, 4",
    "COUNTER, 5",
    "DERIVE, 6",
    "ABSOLUTE, 7"
  })
  void updatesAsRrdtoolDoes(String type, long seed) throws Exception {
    Random random = new Random(seed);
    Path theirs = folder.resolve("theirs.rrd");
    Path ours = folder.resolve("ours.rrd");
    Rrdtool.run(
        "create",
        theirs,
        "-b",
        BEGIN,
        "-s",
        300,
        "DS:a:" + type + ":600:0:1000000000",
        "DS:b:" + type + ":900:U:U",
        "RRA:AVERAGE:0.5:1:50",
        "RRA:AVERAGE:0.5:6:40",
        "RRA:AVERAGE:0:7:9",
        "RRA:MAX:0.5:1:50",
        "RRA:MAX:0.5:24:30",
        "RRA:MIN:0.9:6:40",
        "RRA:LAST:0.5:5:20");
    Files.copy(theirs, ours);
    List<Reading> readings = readings(random, type, 2);
    Rrdtool.run("update", theirs, readings.stream().map(Reading::argument).toList());
    for (Reading reading : readings) {
      try (RrdFile file = RrdFile.write(ours)) {
        assertThat(file.update(reading.at(), reading.values())).isTrue();
      }
    }
    assertThat(Rrdtool.dump(ours)).isEqualTo(Rrdtool.dump(theirs));
  }

  @Test
  void makesTheFilesThatMrtgMakes() throws Exception {
    Path theirs = folder.resolve("theirs.rrd");
    Path ours = folder.resolve("ours.rrd");
    Rrdtool.legacy(theirs, "GAUGE", "2000", BEGIN);
    RrdFile.create(ours, Head.create(Layouts.legacy(FileName.Kind.PING), BEGIN), null);
    assertThat(ours).hasSize(Files.size(theirs));
    assertThat(Rrdtool.dump(ours)).isEqualTo(Rrdtool.dump(theirs));
    assertThat(Rrdtool.run("info", ours))
        .contains("rrd_version = \"0003\"", "step = 300", "rra[7].cf = \"MAX\"")
        .contains("ds[ds0].max = 2.0000000000e+03", "ds[ds1].minimal_heartbeat = 600");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bothWriteTheSameFileInTurn(long seed) throws Exception {
    Random random = new Random(seed);
    Path theirs = folder.resolve("theirs.rrd");
    Path turns = folder.resolve("turns.rrd");
    Rrdtool.legacy(theirs, "GAUGE", "104857600", BEGIN);
    Files.copy(theirs, turns);
    List<Reading> readings = readings(random, "GAUGE", 2);
    Rrdtool.run("update", theirs, readings.stream().map(Reading::argument).toList());
    for (int i = 0; i < readings.size(); i += 20) {
      List<Reading> some = readings.subList(i, Math.min(i + 20, readings.size()));
      if (i % 40 == 0) {
        Rrdtool.run("update", turns, some.stream().map(Reading::argument).toList());
      } else {
        try (RrdFile file = RrdFile.write(turns)) {
          for (Reading reading : some) {
            file.update(reading.at(), reading.values());
          }
        }
      }
    }
    assertThat(Rrdtool.dump(turns)).isEqualTo(Rrdtool.dump(theirs));
  }

  @Test
  void fetchesAsRrdtoolDoes() throws Exception {
    Path path = folder.resolve("5-0_traf.rrd");
    Rrdtool.legacy(path, "GAUGE", "104857600", BEGIN);
    List<Reading> readings = readings(new Random(4), "GAUGE", 2);
    Rrdtool.run("update", path, readings.stream().map(Reading::argument).toList());
    long last = readings.get(readings.size() - 1).seconds();
    long[][] ranges = {
      {last - 3600, last, 1},
      {last - 86_400, last - 300, 1},
      {last - 7 * 86_400, last, 1},
      {last - 7 * 86_400, last, 7200},
      {last - 365 * 86_400L, last + 900, 1},
      {BEGIN - 4000 * 86_400L, last, 300},
      {last - 86_400, last + 86_400, 1800},
      {last, last, 1},
      {last + 9000, last + 12_000, 1}
    };
    try (RrdFile file = RrdFile.read(path)) {
      for (long[] range : ranges) {
        for (Function function : List.of(Function.AVERAGE, Function.MAX)) {
          String said =
              Rrdtool.run("fetch", path, function, "-s", range[0], "-e", range[1], "-r", range[2]);
          assertThat(printed(file.fetch(function, range[0], range[1], range[2])))
              .as(Arrays.toString(range) + function)
              .isEqualTo(said.replace("-nan", "nan").lines().skip(2).toList());
        }
      }
    }
  }

  private static List<String> printed(Series series) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      lines.add(series.time(i) + ": " + c(series.value(0, i)) + " " + c(series.value(1, i)));
    }
    return lines;
  }

  private static String c(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    BigDecimal exact = new BigDecimal(value).round(new MathContext(11, RoundingMode.HALF_EVEN));
    return String.format("%.10e", exact);
  }

  @Test
  void drawsNothingDifferentFromOurFiles() throws Exception {
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 1; i <= 300; i++) {
        Instant at = Instant.ofEpochSecond(BEGIN + 300L * i);
        samples.add(new Sample.Traffic("7", 0, at, 1e6 + 1000 * i, 5e5));
      }
      assertThat(store.write(samples).updates()).isEqualTo(300);
    }
    long end = BEGIN + 300 * 300L;
    String said =
        Rrdtool.run(
            "graph",
            folder.resolve("x.png"),
            "--start",
            end - 43_200,
            "--end",
            end,
            "DEF:in=" + folder.resolve("7-0_traf.rrd") + ":ds0:AVERAGE",
            "LINE1:in#0000FF",
            "PRINT:in:MAX:%.0lf");
    assertThat(folder.resolve("x.png")).isNotEmptyFile();
    assertThat(said).contains("1299300");
  }

  @Test
  void dumpsAndRestoresAcrossBothWithoutALoss() throws Exception {
    Path path = folder.resolve("9_ping.rrd");
    Rrdtool.legacy(path, "GAUGE", "2000", BEGIN);
    List<Reading> readings = readings(new Random(8), "GAUGE", 2);
    Rrdtool.run("update", path, readings.stream().map(Reading::argument).toList());
    Path theirs = folder.resolve("theirs.xml");
    Files.writeString(theirs, Rrdtool.dump(path));
    Path restored = folder.resolve("restored.rrd");
    Restore.from(Files.newInputStream(theirs), restored);
    assertThat(Rrdtool.dump(restored)).isEqualTo(Rrdtool.dump(path));

    StringBuilder ours = new StringBuilder();
    try (RrdFile file = RrdFile.read(path)) {
      Dump.write(file, ours);
    }
    Path back = folder.resolve("back.rrd");
    Files.writeString(folder.resolve("ours.xml"), ours);
    Rrdtool.run("restore", folder.resolve("ours.xml"), back);
    assertThat(Rrdtool.dump(back)).isEqualTo(Rrdtool.dump(path));
  }

  @Test
  void takesOverFilesWithTheirHistory() throws Exception {
    Path legacy = Files.createDirectory(folder.resolve("rrdb"));
    Rrdtool.legacy(legacy.resolve("12-4_traf.rrd"), "COUNTER", "104857600", BEGIN);
    List<Reading> counters = readings(new Random(3), "COUNTER", 2);
    Rrdtool.run(
        "update",
        legacy.resolve("12-4_traf.rrd"),
        counters.stream().map(Reading::argument).toList());
    Rrdtool.legacy(legacy.resolve("12_ping.rrd"), "GAUGE", "2000", BEGIN);
    Files.writeString(legacy.resolve("13_ping.xml"), Rrdtool.dump(legacy.resolve("12_ping.rrd")));
    Files.createSymbolicLink(legacy.resolve("14_ping.rrd"), legacy.resolve("12_ping.rrd"));
    Files.writeString(legacy.resolve("15_ping.rrd"), "no such file");
    Files.writeString(legacy.resolve("mrtg.cfg"), "");

    try (Store store = new Store(folder.resolve("store"), StoreSettings.LEGACY)) {
      Imported imported = store.importFrom(legacy);
      assertThat(imported.taken())
          .extracting(FileName::file)
          .containsExactly("12-4_traf.rrd", "12_ping.rrd", "13_ping.rrd");
      assertThat(imported.left())
          .anyMatch(s -> s.startsWith("14_ping.rrd is no regular file"))
          .anyMatch(s -> s.startsWith("15_ping.rrd is not a round-robin file"))
          .anyMatch(s -> s.startsWith("mrtg.cfg is not named"));
      Path taken = folder.resolve("store/12-4_traf.rrd");
      assertThat(Rrdtool.run("info", taken))
          .contains("ds[ds0].type = \"GAUGE\"", "ds[ds1].max = 1.2500000000e+10");
      Rrdtool.run(
          "tune",
          legacy.resolve("12-4_traf.rrd"),
          "-d",
          "ds0:GAUGE",
          "-d",
          "ds1:GAUGE",
          "-a",
          "ds0:12500000000",
          "-a",
          "ds1:12500000000");
      assertThat(Rrdtool.dump(taken)).isEqualTo(Rrdtool.dump(legacy.resolve("12-4_traf.rrd")));
      assertThat(store.importFrom(legacy).taken()).isEmpty();
    }
  }

  @Test
  void leavesAFileThatRrdtoolHoldsForLaterAndSaysSo() throws Exception {
    Path path = folder.resolve("3_ping.rrd");
    Rrdtool.legacy(path, "GAUGE", "2000", BEGIN);
    String hold =
        "import fcntl,sys\nf=open(sys.argv[1],'r+b')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
            + "print('held',flush=True)\nsys.stdin.read()";
    Process holder = new ProcessBuilder("python3", "-c", hold, path.toString()).start();
    try (Store store = new Store(folder, StoreSettings.LEGACY)) {
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      Written written = store.write(List.of(ping("3", 300)));
      assertThat(written.failed()).isEqualTo(1);
      assertThat(written.problem()).hasValueSatisfying(p -> assertThat(p).contains("3_ping.rrd"));
      holder.getOutputStream().close();
      holder.waitFor();
      assertThat(store.write(List.of(ping("3", 600))).updates()).isEqualTo(1);
    } finally {
      holder.destroyForcibly();
    }
  }

  private static Sample ping(String device, int after) {
    return new Sample.Ping(device, Instant.ofEpochSecond(BEGIN + after), 0, 5, 4, 6);
  }

  static void writeLegacy(Path path, long begin) throws IOException {
    RrdFile.create(path, Head.create(Layouts.legacy(FileName.Kind.PING), begin), null);
  }
}
