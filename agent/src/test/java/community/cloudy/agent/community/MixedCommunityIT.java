package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three stock Serf agents and three Cloudy nodes are one community. */
final class MixedCommunityIT {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODw==";
  private static final Duration SOON = Duration.ofSeconds(45);

  @TempDir private Path folder;
  private Site site;
  private final List<Site.Stock> stock = new ArrayList<>();
  private final List<Site.Cloudy> cloudy = new ArrayList<>();

  @BeforeEach
  void open() {
    assumeTrue(Files.isExecutable(Site.STOCK), "needs the stock serf binary at " + Site.STOCK);
    site = new Site(folder);
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  private void startAll(boolean encrypted, boolean compressed) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
    List<String> options = new ArrayList<>();
    String gossip = "join: [127.0.13.1:7946]\ncompression: " + compressed;
    if (encrypted) {
      options.add("-encrypt=" + KEY);
      gossip += "\nencrypt_key_file: " + key;
    }
    if (!compressed) {
      Path config = Files.writeString(folder.resolve("c.json"), "{\"enable_compression\": false}");
      options.add("-config-file=" + config);
    }
    for (int i = 1; i <= 3; i++) {
      List<String> join = new ArrayList<>(options);
      if (i > 1) {
        join.add("-retry-join=127.0.13.1:7946");
      }
      stock.add(site.new Stock("s" + i, "127.0.13." + i, List.of(), join));
      cloudy.add(site.new Cloudy("c" + i, "127.0.13." + (10 + i), List.of(), gossip));
    }
    for (Site.Agent agent : all()) {
      agent.start();
    }
  }

  private List<Site.Agent> all() {
    List<Site.Agent> all = new ArrayList<>(stock);
    all.addAll(cloudy);
    return all;
  }

  private static Map<String, String> everybody() {
    Map<String, String> expected = new TreeMap<>();
    for (int i = 1; i <= 3; i++) {
      expected.put("s" + i, "alive {role=stock}");
      expected.put("c" + i, "alive {role=cloudy}");
    }
    return expected;
  }

  private static void awaitView(
      List<? extends Site.Agent> observers, Map<String, String> expected) {
    for (Site.Agent observer : observers) {
      await(observer.name() + " sees " + expected)
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(300))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(observer.members()).isEqualTo(expected));
    }
  }

  @ParameterizedTest(name = "encrypted={0} compressed={1}")
  @CsvSource({"false,true", "true,true", "true,false"})
  void agreeOnJoinsTagsFailuresPausesAndLeaves(boolean encrypted, boolean compressed)
      throws Exception {
    startAll(encrypted, compressed);
    Map<String, String> expected = everybody();
    awaitView(all(), expected);

    stock.get(0).serf("tags", "-set", "color=red");
    stock
        .get(0)
        .run(Site.STOCK.toString(), "tags", "-rpc-addr=127.0.13.11:7373", "-set", "color=blue");
    expected.put("s1", "alive {color=red, role=stock}");
    expected.put("c1", "alive {color=blue, role=cloudy}");
    awaitView(all(), expected);

    stock.get(2).kill();
    cloudy.get(2).kill();
    expected.put("s3", "failed {role=stock}");
    expected.put("c3", "failed {role=cloudy}");
    List<Site.Agent> left = List.of(stock.get(0), stock.get(1), cloudy.get(0), cloudy.get(1));
    awaitView(left, expected);

    stock.get(2).start();
    cloudy.get(2).start();
    expected.put("s3", "alive {role=stock}");
    expected.put("c3", "alive {role=cloudy}");
    awaitView(all(), expected);

    stock.get(1).signal("STOP");
    cloudy.get(1).signal("STOP");
    expected.put("s2", "failed {role=stock}");
    expected.put("c2", "failed {role=cloudy}");
    awaitView(List.of(stock.get(0), cloudy.get(0)), expected);
    stock.get(1).signal("CONT");
    cloudy.get(1).signal("CONT");
    expected.put("s2", "alive {role=stock}");
    expected.put("c2", "alive {role=cloudy}");
    awaitView(all(), expected);

    stock.get(2).leave();
    cloudy.get(2).leave();
    cloudy.get(2).awaitExit();
    expected.put("s3", "left {role=stock}");
    expected.put("c3", "left {role=cloudy}");
    awaitView(left, expected);
  }
}
