package community.cloudy.services.peerstreamer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The module beside a daemon that answers as PeerStreamer-ng does. */
@Timeout(30)
final class NgDaemonTest {
  private static final String CHANNELS =
      "[{\"name\":\"TV\",\"ipaddr\":\"10.1.2.3\",\"port\":6200,\"quality\":\"good\"}]";

  private final List<String> calls = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private HttpServer daemon;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    daemon.createContext("/channels", this::answer);
    daemon.start();
    String address = "http://127.0.0.1:" + daemon.getAddress().getPort();
    node =
        new Node(
            "attic",
            27_000,
            folder,
            RunMode.EXTERNAL,
            new TestCatalogue(),
            ", 'address': '%s'".formatted(address));
  }

  @AfterEach
  void stop() {
    node.close();
    daemon.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + form;
    calls.add(call);
    boolean known = !call.startsWith("POST") || form.equals("ipaddr=10.1.2.3&port=6200");
    byte[] body = (call.startsWith("GET") ? CHANNELS : "{}").getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void aChannelIsJoinedAndKept() throws IOException {
    assertThat(node.list().at("/daemon/0/title").asText()).isEqualTo("TV");
    node.post("/join", "{'address': '10.1.2.3', 'port': 6200, 'channel': 'tv'}");
    node.awaitState("tv", "flowing");
    assertThat(calls).contains("POST /channels/tv ipaddr=10.1.2.3&port=6200");
    await().until(() -> calls.contains("UPDATE /channels/tv "));
    assertThat(node.announced()).isEmpty();
    assertThatThrownBy(() -> node.hls("tv", "index.m3u8")).hasMessageContaining("own page");
    await().until(() -> node.peerstreamer().status().health().state() == Health.State.OK);
    assertThat(node.peerstreamer().status().health().evidence()).contains("lists 1 channels");
  }

  @Test
  void whatTheDaemonRefusesIsSaid() throws IOException {
    node.post("/join", "{'address': '10.9.9.9', 'port': 6200, 'channel': 'tv'}");
    node.awaitState("tv", "waiting");
    assertThat(node.get("tv").path("evidence").asText())
        .contains("could not join 10.9.9.9:6200: it does not know the channel");
    assertThatThrownBy(() -> node.post("/publish", "{'channel': 'x', 'source': 'udp://a:1'}"))
        .hasMessageContaining("takes sources on its own page only");
    assertThatThrownBy(() -> node.post("/relay", "{'address': '10.1.2.3', 'port': 6200}"))
        .hasMessageContaining("relays by itself");
  }
}
