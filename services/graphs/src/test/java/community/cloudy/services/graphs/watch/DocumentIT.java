package community.cloudy.services.graphs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.spi.TestCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a web server on loopback. */
final class DocumentIT {
  private static final String CNML = "/guifi/cnml/3671/detail";
  private static final String STAMP = "/guifi/refresh/cnml";

  @TempDir Path folder;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String page = pages.getOrDefault(path, "");
          String tag = "\"" + page.hashCode() + "\"";
          boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          int code = page.isEmpty() ? 404 : page.startsWith("to ") ? 302 : same ? 304 : 200;
          asked.add(path + " " + code);
          exchange.getResponseHeaders().add("ETag", tag);
          if (code == 302) {
            exchange.getResponseHeaders().add("Location", page.substring(3));
          }
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, code == 200 ? bytes.length : -1);
          if (code == 200) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Watch watch(String key, String path) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    String json = "{'%s': {'source': '%s'}}".formatted(key, url);
    return new Watch(WatchTest.sources(json), folder, () -> now, new TestCatalogue(), "me");
  }

  private List<String> refresh(Watch watch) {
    asked.clear();
    now = now.plus(Duration.ofMinutes(95));
    watch.refresh();
    return new ArrayList<>(asked);
  }

  private static List<String> ids(Watch watch) {
    return watch.inventory().all().stream().map(Device::id).toList();
  }

  @Test
  void readsTheMapOfGuifiOnlyWhenItsStampIsAnother() throws IOException {
    pages.put(CNML, "<cnml><device id='1'/></cnml>");
    pages.put(STAMP, "1772323200");
    Watch watch = watch("cnml", CNML);
    assertThat(refresh(watch)).containsExactly(STAMP + " 200", CNML + " 200");
    assertThat(ids(watch)).containsExactly("1");
    pages.put(CNML, "<cnml><device id='2'/></cnml>");
    assertThat(refresh(watch)).containsExactly(STAMP + " 200");
    pages.put(STAMP, "1772323300");
    assertThat(refresh(watch)).containsExactly(STAMP + " 200", CNML + " 200");
    assertThat(ids(watch)).containsExactly("2");
  }

  @Test
  void readsAnyDocumentOnlyWhenTheServerSaysItIsAnother() throws IOException {
    pages.put("/a.csv", "1,#A,10.1.1.1,Working\n");
    Watch watch = watch("csv", "/a.csv");
    assertThat(refresh(watch)).containsExactly("/a.csv 200");
    assertThat(refresh(watch)).containsExactly("/a.csv 304");
    asked.clear();
    now = now.plus(Duration.ofMinutes(20));
    watch.refresh();
    assertThat(asked).as("not due").isEmpty();
    pages.put("/a.csv", "2,#A,10.1.1.1,Working\n");
    assertThat(refresh(watch)).containsExactly("/a.csv 200");
    assertThat(ids(watch)).containsExactly("2");
  }

  @Test
  void keepsWhatItHadWhenTheServerIsAwayAndAfterARestart() throws IOException {
    pages.put("/a.csv", "1,#A,10.1.1.1,Working\n");
    refresh(watch("csv", "/a.csv"));
    pages.put("/a.csv", "to http://127.0.0.1:1/elsewhere");
    Watch watch = watch("csv", "/a.csv");
    asked.clear();
    watch.refresh();
    assertThat(asked).as("what is kept will do at first").isEmpty();
    assertThat(ids(watch)).containsExactly("1");
    assertThat(refresh(watch)).containsExactly("/a.csv 302");
    assertThat(ids(watch)).containsExactly("1");
    assertThat(watch.sources().get(1).problem().orElse("")).contains("302", "elsewhere");
    pages.put("/a.csv", "<html>");
    refresh(watch);
    assertThat(ids(watch)).containsExactly("1");
    assertThat(watch("csv", "/b.csv").inventory().all()).as("another source").isEmpty();
  }
}
