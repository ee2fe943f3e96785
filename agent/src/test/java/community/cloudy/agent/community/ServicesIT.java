package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.legacy.LegacyService;
import community.cloudy.gossip.discovery.legacy.LegacyTag;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agents announce and find services, beside a stock Serf agent and a legacy node. */
final class ServicesIT {
  @TempDir private Path folder;
  private Site site;
  private Site.Cloudy attic;
  private Site.Cloudy cellar;
  private HttpServer web;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Site.STOCK), "needs the stock serf binary at " + Site.STOCK);
    site = new Site(folder);
    web = HttpServer.create(new InetSocketAddress("127.0.15.1", 0), 0);
    web.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
      web.stop(0);
    }
  }

  private static void eventually(ThrowingRunnable check) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .untilAsserted(check);
  }

  private static List<String> services(Site.Cloudy node, String... options) throws Exception {
    List<String> line = new ArrayList<>(List.of("-o", "json", "services"));
    line.addAll(List.of(options));
    List<String> found = new ArrayList<>();
    byte[] json = node.cloudy(line.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
    for (JsonNode service : Json.read(json).path("services")) {
      found.add(
          "%s/%s %s %s"
              .formatted(
                  service.path("node").asText(),
                  service.path("id").asText(),
                  service.path("health").path("state").asText(),
                  service.path("trust").asText()));
    }
    return found;
  }

  @Test
  void areFoundCheckedLostAndFoundAgain() throws Exception {
    String join = "join: [127.0.15.3:7946]\nprofile: local";
    attic = site.new Cloudy("attic", "127.0.15.1", List.of(), join);
    cellar = site.new Cloudy("cellar", "127.0.15.2", List.of(), join);
    String legacyTag =
        LegacyTag.encode(
            List.of(
                new LegacyService(
                    "proxy3", "Proxy3_System", "old.guifi.local", "10.1.2.3", 3128, "", "")));
    Site.Stock stock =
        site
        .new Stock(
            "old",
            "127.0.15.3",
            List.of(),
            List.of("-profile=local", "-tag", "services=" + legacyTag));
    stock.start();
    attic.start();
    cellar.start();
    eventually(() -> assertThat(cellar.members()).hasSize(3));

    attic.cloudy(
        "announce",
        "--type",
        "website",
        "--name",
        "Garden",
        "--scheme",
        "http",
        "--port",
        "" + web.getAddress().getPort(),
        "--check-interval",
        "1s");
    eventually(
        () ->
            assertThat(services(cellar))
                .containsExactlyInAnyOrder(
                    "attic/website-garden ok pinned", "old/legacy-proxy3-3128 unknown unverified"));
    assertThat(services(cellar, "--type", "website", "--near", "cellar")).hasSize(1);
    assertThat(cellar.cloudy("why", "Garden")).contains("Listed: attic is alive");
    assertThat(cellar.cloudy("why", "old/legacy-proxy3-3128"))
        .contains("signed by nobody", "names another address than the node's own");
    assertThat(cellar.cloudy("services"))
        .contains("10.1.2.3:3128 (not its node's own)")
        .containsOnlyOnce("(not its node's own)");

    web.stop(0);
    eventually(() -> assertThat(services(cellar)).contains("attic/website-garden failing pinned"));
    assertThat(attic.cloudy("why", "website-garden")).contains("connection refused");

    attic.kill();
    eventually(() -> assertThat(services(cellar)).contains("attic/website-garden unknown pinned"));
    attic.start();
    eventually(() -> assertThat(services(cellar)).contains("attic/website-garden failing pinned"));

    attic.cloudy("withdraw", "website-garden");
    eventually(
        () ->
            assertThat(services(cellar))
                .containsExactly("old/legacy-proxy3-3128 unknown unverified"));
    assertThat(Files.readString(stock.file(".log")))
        .as("a stock agent is sent nothing it does not know")
        .doesNotContain("unknown type")
        .doesNotContain("unsupported");
  }
}
