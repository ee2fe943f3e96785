package community.cloudy.services.graphs.snpservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.picture.Pictures;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts that guifi.net's site reads, to the byte. */
final class SnpServicesTest {
  private static final SnpSettings SETTINGS =
      new SnpSettings(true, 8096, new SnpSettings.Zone("UTC"), Optional.of("6579"));

  @TempDir Path folder;
  private Store store;
  private Instant now = Instant.ofEpochSecond(Community.NOW);
  private final List<List<String>> run = new ArrayList<>();
  private SnpServices services;

  @BeforeEach
  void measure() throws IOException {
    store = new Store(folder, StoreSettings.LEGACY);
    Community.measure(store);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    }
    Inventory inventory = Community.inventory();
    InstantSource clock = () -> now;
    services =
        new SnpServices(
            () -> inventory,
            store,
            new Pictures(store, () -> inventory, ZoneOffset.UTC),
            new Live(clock, this::pretend),
            clock,
            SETTINGS);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private String pretend(List<String> argv, Duration atMost) {
    run.add(argv);
    return "done\n";
  }

  private String ask(String target) {
    return new String(services.answer(Query.of(target)).content(), StandardCharsets.UTF_8);
  }

  private int status(String target) {
    return services.answer(Query.of(target)).status();
  }

  @Test
  void statsHaveALineADeviceInTheOrderOfTheirNumbers() {
    assertThat(ask("/snpservices/index.php?call=stats&devices=9,7,5"))
        .isEqualTo(
            "5|0,0,0.00,0,,,0\n"
                + "7|12,12,100.00,2025/11/29 11:55,20251129,11:55,100"
                + "|0,259200,64800|4,1036800,518400\n"
                + "9|12,12,100.00,2025/11/29 10:00,20251129,11:55,0|0,77760,25920\n");
  }

  @Test
  void statsSumTrafficOverTheTimeThatIsAskedFor() {
    assertThat(ask("/index.php?call=stats&devices=9&traffic_start=-3600&traffic_end=-600"))
        .endsWith("|0,990,330\n");
    assertThat(ask("/index.php?call=stats&devices=9&traffic_start=-600&traffic_end=-3600"))
        .endsWith("|0,0,0\n");
  }

  @Test
  void statsWithoutDevicesAreOfThoseThatWereSeenWithinTwelveHours() throws IOException {
    Path old = folder.resolve("9_ping.rrd");
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(13))));
    assertThat(ask("/?call=stats")).startsWith("7|").hasLineCount(1);
  }

  @Test
  void datesAreOfTheZoneThatIsSet() throws IOException {
    Stats stats = new Stats(store, new SnpSettings.Zone("Europe/Madrid").id());
    assertThat(stats.lines(List.of("7"), Community.NOW, 0, 0))
        .contains("2025/11/29 12:55,20251129,12:55");
  }

  @Test
  void availabilityTellsTheLastSampleAndTheShareOfTheWeek() throws IOException {
    assertThat(services.badge(Query.of("/?device=7")).text()).isEqualTo("Up 11:55 (100.00%)");
    assertThat(services.badge(Query.of("/?device=7&format=short")).text())
        .isEqualTo("Up (100.00%)");
    assertThat(services.badge(Query.of("/?device=9")).text()).isEqualTo("Down 11:55 (97.90%)");
    assertThat(services.badge(Query.of("/?device=5")).text()).isEqualTo("Down --:-- (n/a)");
    assertThat(services.badge(Query.of("/?device=../7")).text()).isEqualTo("Down --:-- (n/a)");
    now = now.plusSeconds(7200);
    assertThat(services.badge(Query.of("/?device=7")).text()).isEqualTo("Up --:-- (100.00%)");
  }

  @Test
  void simpleServicesSayWhatTheyAlwaysSaid() {
    assertThat(ask("/snpservices/index.php?call=version")).isEqualTo("0.2.3");
    assertThat(ask("/snpservices/index.php?call=example")).isEqualTo("Hello CNML World!\n\n");
    assertThat(ask("/index.php?call=nothing")).startsWith("ERROR: Service nothing unknown\n");
    assertThat(ask("/index.php?call=%3Cscript%3E")).startsWith("ERROR: Service  unknown\n");
    assertThat(ask("/index.php")).startsWith("ERROR: No service specified\nCNML services\n");
    assertThat(ask("/index.php?call=help"))
        .startsWith("CNML services\nVersion: 0.2.3\nUSAGE:\nindex.php?call=[service]")
        .contains("availability|example|graph|liveping|livetraceroute|stats\n");
    assertThat(ask("/index.php?call=stats&info")).startsWith("stats\n\n").contains("traffic_end");
    assertThat(ask("/index.php?call=serverinfo")).contains("Server id: 6579\n");
    assertThat(status("/index.php?call=phpinfo")).isEqualTo(403);
  }

  @Test
  void graphsSayWhatIsMissing() {
    assertThat(ask("/index.php?call=graph")).startsWith("Error: missing graph type\ngraph\n");
    assertThat(ask("/index.php?call=graph&type=pings")).startsWith("Error: missing node\n");
    assertThat(ask("/index.php?call=graph&type=pings&node=1"))
        .startsWith("Error: missing graph type\n");
    assertThat(status("/index.php?call=graph&type=pings&node=1&device=404")).isEqualTo(404);
    assertThat(status("/index.php?call=graph&type=supernode&node=404")).isEqualTo(404);
    assertThat(status("/index.php?call=graph&type=x&node=1&device=7")).isEqualTo(400);
    assertThat(status("/index.php?call=graph&type=pings&node=1&device=7&start=-5&end=-50"))
        .isEqualTo(400);
    assertThat(status("/index.php?call=graph&type=pings&node=1&device=7&start=-9999999999"))
        .isEqualTo(400);
  }

  @Test
  void listsDevicesForMrtg() {
    String file = "/snpservices/graphs/cnml2mrtgcsv.php";
    assertThat(ask(file + "?server=6579"))
        .isEqualTo(
            """
            7,#BCN-Rambla <40> & co,127.0.0.1,wlan1;guifi.net  Rambla|4,Working
            9,#BCN-Client,127.0.0.9,eth0;,Working
            """);
    assertThat(ask(file + "?version=3"))
        .isEqualTo("7,#BCN-Rambla <40> & co,127.0.0.1,Working\n9,#BCN-Client,127.0.0.9,Working\n");
    assertThat(ask(file + "?list"))
        .isEqualTo("7_ping.rrd\n7-0_traf.rrd\n7-4_traf.rrd\n9_ping.rrd\n9-0_traf.rrd\n");
    assertThat(ask(file + "?server=1")).isEqualTo("You must provide a valid server id\n");
  }

  @Test
  void tellsNodesAsCnml() {
    assertThat(ask("/snpservices/common/qnodes.php?nodes=70,1"))
        .isEqualTo(
            """
            <?xml version="1.0"?>
            <cnml version="0.1" server_id="1" server_url="http://guifi.net" \
            generated="20251129 1200">
              <class node_description="70,1" Mapping="yes"></class>
              <node id="70" title="BCN-Rambla" status="Working">
                <device id="7" title="BCN-Rambla &lt;40&gt; &amp; co" mainipv4="127.0.0.1" \
            status="Working">
                  <radio id="0" device_id="7" ssid="guifi.net, Rambla" snmp_name="wlan1">
                    <interface>
                      <link linked_device_id="9" linked_node_id="90"></link>
                    </interface>
                  </radio>
                  <radio id="4" device_id="7" ssid="" snmp_index="4">
                  </radio>
                </device>
              </node>
            </cnml>
            """);
    assertThat(ask("/common/qnodes.php")).startsWith("Error: At least one node");
  }

  @Test
  void pingsOnlyWhatIsWatchedAndNotTooOften() {
    assertThat(ask("/index.php?call=liveping")).isEqualTo("ERROR, don't know where to ping\n");
    for (String ip : List.of("127.0.0.2", "-f", "127.0.0.1;id", "localhost", "127.1")) {
      assertThat(ask("/index.php?call=liveping&ip=" + ip)).startsWith("ERROR, this is not");
      assertThat(ask("/index.php?call=livetraceroute&ip=" + ip)).startsWith("ERROR, this is not");
    }
    assertThat(run).isEmpty();
    assertThat(ask("/index.php?call=liveping&ip=127.0.0.1&count=9999")).isEqualTo("done\n");
    assertThat(ask("/index.php?call=livetraceroute&ip=127.0.0.9")).isEqualTo("done\n");
    assertThat(run)
        .containsExactly(
            List.of("ping", "-c", "10", "127.0.0.1"),
            List.of("traceroute", "-w", "2", "-m", "20", "127.0.0.9"));
    for (int i = 0; i < 20; i++) {
      ask("/index.php?call=liveping&ip=127.0.0.1");
    }
    assertThat(run).hasSize(12);
    assertThat(status("/index.php?call=liveping&ip=127.0.0.1")).isEqualTo(503);
    now = now.plusSeconds(61);
    assertThat(status("/index.php?call=liveping&ip=127.0.0.1")).isEqualTo(200);
  }

  @Test
  void settingsHaveDefaultsAndAreChecked() throws IOException {
    ObjectMapper json = new ObjectMapper();
    SnpSettings plain = Settings.bind(SnpSettings.class, json.readTree("{}"));
    assertThat(plain)
        .isEqualTo(new SnpSettings(true, 8096, new SnpSettings.Zone("UTC"), Optional.empty()));
    assertThat(Settings.bind(SnpSettings.class, Settings.json(plain))).isEqualTo(plain);
    assertThatThrownBy(
            () -> Settings.bind(SnpSettings.class, json.readTree("{\"zone\":\"Mars/One\"}")))
        .hasMessageContaining("must be a time zone");
    StoreSettings none = Settings.bind(StoreSettings.class, json.readTree("{}"));
    assertThat(none).isEqualTo(StoreSettings.LEGACY);
    StoreSettings fine =
        Settings.bind(StoreSettings.class, json.readTree("{\"fine\":{},\"smoke\":true}"));
    assertThat(fine.fine())
        .contains(new StoreSettings.Fine(Duration.ofSeconds(60), Duration.ofDays(2)));
    assertThatThrownBy(
            () -> Settings.bind(StoreSettings.class, json.readTree("{\"fine\":{\"step\":\"7s\"}}")))
        .hasMessageContaining("10s to 150s");
  }

  @Test
  void answersNothingElse() {
    assertThat(status("/etc/passwd")).isEqualTo(404);
    assertThat(status("/snpservices/../../etc/passwd")).isEqualTo(404);
    assertThat(status("/snpservices/services/stats.php")).isEqualTo(404);
  }
}
