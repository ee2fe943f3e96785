package community.cloudy.services.graphs.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import community.cloudy.services.spi.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Pictures as text: what is in them. */
final class PicturesTest {
  private static final long NOW = 1_764_417_600;
  private static final String HOSTILE = "<script>alert(1)</script>&\"' \ud800 ﷽ ñ·ç";

  @TempDir Path folder;
  private Store store;
  private Pictures pictures;

  @BeforeEach
  void measure() throws IOException {
    store = new Store(folder, new StoreSettings(Optional.empty(), true));
    List<Sample> samples = new ArrayList<>();
    Map<String, Device> devices = new HashMap<>();
    for (int d = 1; d <= 30; d++) {
      String id = String.valueOf(d);
      Port port = new Port(0, Optional.of("eth0"), OptionalInt.empty(), "ssid " + d);
      List<String> clients = d == 1 ? List.of("2", "3", "404") : List.of();
      devices.put(
          id,
          new Device(
              id,
              d == 1 ? HOSTILE : "device " + d,
              "70",
              Optional.empty(),
              Optional.empty(),
              List.of(port),
              false,
              clients));
      for (int i = 287; i >= 0; i--) {
        Instant at = Instant.ofEpochSecond(NOW - 300L * i);
        boolean out = i < 20;
        samples.add(new Sample.Ping(id, at, out ? 100 : 0, out ? Double.NaN : 8 + i % 5, 7, 20));
        samples.add(new Sample.Traffic(id, 0, at, 1e6 / d, 1e5 / d));
        samples.add(new Sample.Wireless(id, 0, at, -60 - i % 7, 3));
      }
    }
    store.write(samples);
    Inventory inventory = new Inventory(devices, Map.of("70", HOSTILE));
    pictures = new Pictures(store, () -> inventory, ZoneOffset.UTC);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static Wish wish(Wish.Kind kind, String id, int width, int height, Language language) {
    return new Wish(
        kind,
        id,
        OptionalInt.empty(),
        Optional.empty(),
        NOW - 86_400,
        NOW,
        width,
        height,
        10,
        Wish.Look.of(Wish.Format.SVG, Theme.DARK, language));
  }

  private String svg(Wish.Kind kind, String id, int width, int height) throws IOException {
    return new String(
        pictures.draw(wish(kind, id, width, height, Language.EN)), StandardCharsets.UTF_8);
  }

  @Test
  void strangersTitlesAreTextAndNothingElse() throws Exception {
    for (Wish.Kind kind : Wish.Kind.values()) {
      String id = kind == Wish.Kind.SUPERNODE ? "70" : "1";
      String svg = svg(kind, id, 1600, 400);
      Document document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      assertThat(document.getElementsByTagName("script").getLength()).isZero();
      assertThat(document.getDocumentElement().getTextContent()).contains("<script>alert(1)");
      assertThat(Pattern.compile("(href|\\son\\w+=|url\\()").matcher(svg).find()).isFalse();
    }
  }

  @Test
  void everyWordIsWithinThePicture() throws IOException {
    for (int width : new int[] {120, 360, 800, 2000}) {
      String svg = svg(Wish.Kind.SUPERNODE, "70", width, 300);
      assertThat(svg).contains("width=\"" + width + "\" height=\"600\"");
      Pattern.compile(" [xy]=\"(-?[0-9.]+)\"")
          .matcher(svg)
          .results()
          .forEach(found -> assertThat(Double.parseDouble(found.group(1))).isBetween(0.0, 2000.0));
    }
  }

  @Test
  void legendsTellNowMeanMaxAndTotal() throws IOException {
    assertThat(svg(Wish.Kind.TRAFFIC, "2", 800, 300))
        .contains(">device 2 · ssid 2<", ">received<", ">sent<", ">4.0 Mb/s<", ">400 kb/s<")
        .contains(">95th percentile 4.0 Mb/s<", ">43.2 GB<");
    assertThat(svg(Wish.Kind.PINGS, "2", 800, 300))
        .contains(">answer<", ">loss<", ">best to worst<", ">12.0 ms<", ">100 %<");
  }

  @Test
  void wordsAreOfTheLanguage() throws IOException {
    String ca =
        new String(
            pictures.draw(wish(Wish.Kind.PINGS, "2", 800, 300, Language.CA)),
            StandardCharsets.UTF_8);
    assertThat(ca).contains(">resposta<", ">pèrdua<", ">mitjana<", ">ds 29<");
    String es =
        new String(
            pictures.draw(wish(Wish.Kind.PINGS, "2", 800, 300, Language.ES)),
            StandardCharsets.UTF_8);
    assertThat(es).contains(">respuesta<", ">pérdida<", ">media<", ">sáb 29<");
  }

  @Test
  void manyAreTheLargestFirstAndTheRestIsCounted() throws IOException {
    String svg = svg(Wish.Kind.SUPERNODE, "70", 800, 300);
    assertThat(svg.indexOf(">device 2<")).isLessThan(svg.indexOf(">device 3<"));
    assertThat(svg).contains("more<").doesNotContain("device 25");
  }

  @Test
  void clientsAreThoseThatAreWatched() throws IOException {
    assertThat(svg(Wish.Kind.CLIENTS, "1", 800, 300))
        .contains(">device 2<", ">device 3<")
        .doesNotContain(">device 4<", "404");
  }

  @Test
  void aDeviceWithoutValuesIsDrawnAsSuch() throws IOException {
    Inventory inventory =
        new Inventory(
            Map.of(
                "99",
                new Device(
                    "99", "", "", Optional.empty(), Optional.empty(), List.of(), true, List.of())),
            Map.of());
    Pictures empty = new Pictures(store, () -> inventory, ZoneOffset.UTC);
    for (Wish.Kind kind : List.of(Wish.Kind.PINGS, Wish.Kind.DEVICE, Wish.Kind.CLIENTS)) {
      byte[] svg = empty.draw(wish(kind, "99", 400, 200, Language.EN));
      assertThat(new String(svg, StandardCharsets.UTF_8)).contains(">no data<", ">99");
    }
  }

  @Test
  void unknownDevicesAndNodesAreRefused() {
    assertThatThrownBy(() -> svg(Wish.Kind.PINGS, "404", 400, 200))
        .isInstanceOf(ServiceException.class)
        .hasMessage("There is no device 404 here.");
    assertThatThrownBy(() -> svg(Wish.Kind.SUPERNODE, "<b>", 400, 200))
        .hasMessage("There is no node ?b? here.");
  }

  @Test
  void sizesAndTimesAreBounded() {
    assertThatThrownBy(() -> svg(Wish.Kind.PINGS, "1", 2001, 200)).hasMessageContaining("2,000");
    assertThatThrownBy(() -> svg(Wish.Kind.PINGS, "1", 400, 1201)).hasMessageContaining("1,200");
    assertThatThrownBy(
            () ->
                new Wish(
                    Wish.Kind.PINGS,
                    "1",
                    OptionalInt.empty(),
                    Optional.empty(),
                    NOW,
                    NOW,
                    400,
                    200,
                    10,
                    Wish.Look.legacy(false, false)))
        .hasMessageContaining("10 years");
  }

  @Test
  void timesAreLabelledAtRoundHoursOfTheZone() {
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    long change = Instant.parse("2025-10-26T00:00:00Z").getEpochSecond();
    assertThat(Ticks.times(change - 7200, change + 6 * 3600, 12, madrid, Language.EN))
        .extracting(Ticks.Time::label)
        .contains("Sun 26", "03:00", "06:00")
        .doesNotContain("01:30");
    assertThat(Ticks.times(change, change + 365L * 86_400, 14, madrid, Language.CA))
        .extracting(Ticks.Time::label)
        .contains("nov", "2026", "febr");
    for (long span = 60; span < 3_000_000_000L; span *= 3) {
      assertThat(Ticks.times(change, change + span, 8, madrid, Language.ES)).hasSizeBetween(0, 12);
    }
  }

  @Test
  void valuesAreWrittenShort() {
    assertThat(Unit.BITS.write(12_345_678)).isEqualTo("12.3 Mb/s");
    assertThat(Unit.BITS.write(999)).isEqualTo("999 b/s");
    assertThat(Unit.PERCENT.write(100)).isEqualTo("100 %");
    assertThat(Unit.MILLIS.write(Double.NaN)).isEqualTo("–");
    assertThat(Unit.BITS.label(2_500_000, 10_000_000)).isEqualTo("2.5 M");
    assertThat(Legacy.prefixed(12_345_678)).isEqualTo("   12.35 M");
    assertThat(Legacy.prefixed(0)).isEqualTo("    0.00  ");
    assertThat(Legacy.prefixed(0.0012)).isEqualTo("    1.20 m");
    assertThat(Legacy.volume(1_234_567)).isEqualTo("1.23 MB");
    assertThat(Legacy.volume(12)).isEqualTo("12.00 B ");
  }
}
