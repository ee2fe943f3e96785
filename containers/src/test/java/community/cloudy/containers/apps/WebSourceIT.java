package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogues from a real web server, friendly and not. */
final class WebSourceIT {
  private static final Reach LOCAL = new Reach(Set.of("127.0.0.1", "localhost"));
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path temp;
  private HttpServer server;
  private String address;
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/catalogue/", this::serve);
    server.createContext("/moved/", exchange -> redirect(exchange, "/catalogue/" + name(exchange)));
    server.createContext("/loop/", exchange -> redirect(exchange, "/loop/x"));
    server.createContext(
        "/away/", exchange -> redirect(exchange, "http://localhost:" + port() + "/catalogue/x"));
    server.createContext("/long/", exchange -> answer(exchange, new byte[5000], 5000));
    server.createContext("/endless/", exchange -> answer(exchange, new byte[5000], 0));
    server.createContext("/teapot/", exchange -> redirect(exchange, "::no address::"));
    server.start();
    address = "http://127.0.0.1:" + port();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static String name(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.indexOf('/', 1) + 1);
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    Path file = temp.resolve(name(exchange));
    if (Files.isRegularFile(file)) {
      byte[] content = Files.readAllBytes(file);
      answer(exchange, content, content.length);
    } else {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void answer(HttpExchange exchange, byte[] content, long length)
      throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  private WebSource source(String path) {
    return WebSource.at(address + path, LOCAL, CLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/catalogue", "/catalogue/", "/moved/"})
  void installsACatalogue(String path) throws IOException {
    KeyPair signer = CataloguesTest.pair();
    CataloguesTest.writeApp(temp, "1.0");
    Instant expires = Instant.now().plus(Duration.ofDays(1));
    CatalogueSigner.sign(temp, "near", 1, expires, signer.getPrivate());
    Catalogues catalogues =
        new Catalogues(temp.resolve("state"), List.of(signer.getPublic()), CLOCK);
    Catalogue installed = catalogues.install(source(path), address + path).catalogue();
    assertThat(installed.apps()).containsOnlyKeys(new AppId("notes"));
    assertThat(asked.get()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "/loop/, redirects more than 3 times",
    "/away/, redirects to another place",
    "/teapot/, redirects to another place",
    "/long/, more than 4096 bytes",
    "/endless/, more than 4096 bytes",
    "/catalogue/, answered 404",
  })
  void refuses(String path, String reason) {
    assertThatThrownBy(() -> source(path).read("index.json", 4096))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "127.9.9.9",
        "[::1]",
        "0.0.0.0",
        "169.254.1.1",
        "[fe80::1]",
        "224.0.0.1",
        "[::ffff:127.0.0.1]",
        "2130706433"
      })
  void doesNotReachThisNodeOrItsLink(String host) {
    assertThatThrownBy(() -> WebSource.at("http://" + host + "/x", Reach.ordinary(), CLOCK))
        .isInstanceOf(AppException.class)
        .hasMessageContaining("which is this node, its link or its containers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://10.1.2.3/",
        "file:///etc",
        "10.1.2.3",
        "http://",
        "http://a@10.1.2.3/",
        "http://10.1.2.3/?q=1",
        "http://10.1.2.3/ x"
      })
  void refusesWhatIsNoPlainWebAddress(String text) {
    assertThatThrownBy(() -> WebSource.at(text, Reach.ordinary(), CLOCK))
        .hasMessageContaining("its address must be");
  }

  @Test
  void takesPrivateAddressesForTheyAreTheCommunity() {
    assertThat(WebSource.at("http://10.1.2.3/apps", Reach.ordinary(), CLOCK)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno end"
      })
  void refusesAnswersThatAreNoProperHttp(String answer) throws Exception {
    try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> answerOnce(odd, answer));
      serving.start();
      WebSource source = WebSource.at("http://127.0.0.1:" + odd.getLocalPort() + "/", LOCAL, CLOCK);
      assertThatThrownBy(() -> source.read("index.json", 4096)).isInstanceOf(IOException.class);
      serving.join(10_000);
    }
  }

  private static void answerOnce(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // The client hung up first, as it may.
      return;
    }
  }

  @Test
  void endsWhenItsTimeIsOver() {
    Instant[] now = {Instant.parse("2026-11-24T12:00:00Z")};
    WebSource source = WebSource.at(address + "/catalogue/", LOCAL, () -> now[0]);
    now[0] = now[0].plus(Duration.ofMinutes(6));
    assertThatThrownBy(() -> source.read("index.json", 4096))
        .hasMessageContaining("longer than 5 minutes");
  }
}
