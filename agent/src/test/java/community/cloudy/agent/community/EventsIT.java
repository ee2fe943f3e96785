package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Cloudy nodes and a stock Serf agent hear, ask and answer each other, by our command line. */
final class EventsIT {
  private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODw==";
  private static final String NEW_KEY = "EBESExQVFhcYGRobHB0eHw==";

  @TempDir private Path folder;
  private Site site;
  private Site.Cloudy attic;
  private Site.Cloudy cellar;
  private Site.Stock stock;

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

  private static void eventually(ThrowingRunnable check) {
    await()
        .atMost(Duration.ofSeconds(45))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .untilAsserted(check);
  }

  private void startAll(String gossip, String... stockOptions) throws Exception {
    String join = "join: [127.0.14.3:7946]\n" + gossip;
    attic = site.new Cloudy("attic", "127.0.14.1", List.of(), join.replace("NODE", "attic"));
    cellar = site.new Cloudy("cellar", "127.0.14.2", List.of(), join.replace("NODE", "cellar"));
    stock = site.new Stock("stock", "127.0.14.3", List.of(), List.of(stockOptions));
    stock.start();
    attic.start();
    cellar.start();
    for (Site.Agent agent : List.of(attic, cellar, stock)) {
      eventually(() -> assertThat(agent.members()).hasSize(3));
    }
  }

  @Test
  void hearAskAndAnswerEachOther() throws Exception {
    Path heard = folder.resolve("heard");
    startAll(
        "", "-event-handler=user:deploy=cat >> " + heard, "-event-handler=query:uptime=echo long");
    Path monitor = cellar.cloudyInBackground("monitor", "--type", "user", "--type", "query").file();
    eventually(
        () -> {
          attic.cloudy("event", "ready");
          assertThat(monitor).content().contains("user          ready");
        });

    attic.cloudy("event", "deploy", "7");
    eventually(() -> assertThat(heard).hasContent("7"));
    eventually(() -> assertThat(monitor).content().contains("user          deploy 7"));

    stock.serf("event", "-coalesce=false", "greet", "hello");
    eventually(() -> assertThat(monitor).content().contains("user          greet hello"));

    assertThat(attic.cloudy("query", "uptime", "--node", "stock", "--timeout", "3s"))
        .contains("Ack from stock", "stock: long", "1 answered, 1 acknowledged.");

    Site.Running question =
        stock.serfInBackground("query", "-timeout=20s", "-node=cellar", "load", "now");
    eventually(() -> assertThat(monitor).content().contains("load from stock, id "));
    String id = Files.readString(monitor).replaceFirst("(?s).*load from stock, id (\\S+).*", "$1");
    cellar.cloudy("answer", id, "low");
    eventually(() -> assertThat(question.output()).contains("Response from 'cellar': low"));

    eventually(() -> assertThat(attic.cloudy("rtt", "cellar")).contains("attic to cellar"));
    assertThat(attic.cloudy("rtt", "cellar", "stock", "-o", "json"))
        .containsPattern("\"rtt_ms\" : [0-9]+\\.[0-9]+");
    assertThat(attic.cloudy("members", "--near", "--name", "cellar")).containsPattern(" ms ");

    attic.cloudy("tags", "--set", "color=red", "--remove", "role");
    eventually(() -> assertThat(stock.members()).containsEntry("attic", "alive {color=red}"));
  }

  @Test
  void changeTheirKeysWithNobodyLost() throws Exception {
    for (String node : List.of("attic", "cellar")) {
      Files.writeString(folder.resolve(node + ".keyring"), "[\"" + OLD_KEY + "\"]\n");
    }
    Path key = Files.writeString(folder.resolve("key"), NEW_KEY + "\n");
    startAll("keyring_file: " + folder.resolve("NODE.keyring"), "-encrypt=" + OLD_KEY);

    assertThat(attic.cloudy("keys", "install", "--file", key.toString()))
        .contains("All 3 nodes accept the key.");
    assertThat(attic.cloudy("keys", "use", "--file", key.toString())).contains("All 3 nodes");
    assertThat(attic.cloudy("keys", "remove", OLD_KEY)).contains("All 3 nodes have forgotten");

    assertThat(cellar.cloudy("keys", "list"))
        .contains(NEW_KEY + "  3/3    3/3")
        .doesNotContain(OLD_KEY);
    assertThat(folder.resolve("cellar.keyring")).content().contains(NEW_KEY);
    assertThat(folder.resolve("cellar.keyring")).content().doesNotContain(OLD_KEY);
    stock.serf("event", "-coalesce=false", "after", "1");
    eventually(
        () ->
            assertThat(cellar.cloudy("members", "--status", "alive"))
                .contains("attic", "cellar", "stock"));
    for (Site.Cloudy node : List.of(attic, cellar)) {
      assertThat(node.log()).doesNotContain(OLD_KEY).doesNotContain(NEW_KEY);
    }
  }
}
