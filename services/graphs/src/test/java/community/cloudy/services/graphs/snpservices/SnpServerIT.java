package community.cloudy.services.graphs.snpservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.store.Rrdtool;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it: over HTTP, with PNG, ping and traceroute, beside rrdtool. */
final class SnpServerIT {
  @TempDir Path folder;
  private Store store;
  private SnpServer server;

  @BeforeAll
  static void needs() {
    assumeTrue(Rrdtool.isInstalled(), "needs rrdtool (package rrdtool)");
    assumeTrue(
        Files.isDirectory(Path.of("/usr/share/fonts/truetype/dejavu")),
        "needs a font (package fonts-dejavu-core)");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/ping"))
            && Files.exists(Path.of("/usr/sbin/traceroute")),
        "needs ping and traceroute (packages iputils-ping, traceroute)");
  }

  @BeforeEach
  void serve() throws IOException {
    store = new Store(folder, StoreSettings.LEGACY);
    Community.measure(store);
    Inventory inventory = Community.inventory();
    server =
        new SnpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            () -> inventory,
            store,
            () -> Instant.ofEpochSecond(Community.NOW),
            new SnpSettings(true, 8096, new SnpSettings.Zone("UTC"), Optional.empty()));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    store.close();
  }

  private HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/snpservices/" + target);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(90)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private String text(String target) throws IOException, InterruptedException {
    return new String(get(target).body(), StandardCharsets.UTF_8);
  }

  private BufferedImage picture(String target) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(target);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static long count(BufferedImage image, int color) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(all).filter(c -> (c & 0xffffff) == color).count();
  }

  @Test
  void badgesHaveTheSizesAndColoursOfOld() throws Exception {
    BufferedImage up = picture("index.php?call=availability&device=7");
    assertThat(List.of(up.getWidth(), up.getHeight())).containsExactly(117, 15);
    assertThat(up.getRGB(0, 0) & 0xffffff).isEqualTo(0x33ff00);
    BufferedImage down = picture("graphs/graphs.php?type=availability&device=9&format=short");
    assertThat(List.of(down.getWidth(), down.getHeight())).containsExactly(77, 15);
    assertThat(down.getRGB(0, 0) & 0xffffff).isEqualTo(0xff3300);
  }

  @Test
  void picturesHaveTheSizesThatRrdtoolGives() throws Exception {
    for (int width : List.of(600, 900)) {
      String said =
          Rrdtool.run(
              "graph",
              folder.resolve("x.png"),
              "--width",
              width,
              "--height",
              120,
              "--title=x",
              "--vertical-label=x",
              "--font",
              "DEFAULT:10:DejaVu Sans",
              "--font",
              "LEGEND:8:DejaVu Sans Mono",
              "--font",
              "AXIS:8:DejaVu Sans",
              "DEF:a=" + folder.resolve("7-0_traf.rrd") + ":ds0:AVERAGE",
              "COMMENT:x\\n",
              "LINE1:a#0000FF:in\\n",
              "LINE1:a#00FF00:out\\n");
      BufferedImage ours =
          picture("index.php?call=graph&type=device&node=70&device=7&width=" + width);
      assertThat(said.strip()).isEqualTo(ours.getWidth() + "x" + ours.getHeight());
    }
    BufferedImage bare =
        picture("index.php?call=graph&type=device&node=70&device=7&thumb&width=200&height=50");
    assertThat(List.of(bare.getWidth(), bare.getHeight())).containsExactly(200, 50);
    BufferedImage most =
        picture("index.php?call=graph&type=pings&node=70&device=7&width=999999&height=999999");
    assertThat(most.getWidth()).isEqualTo(2000);
  }

  @Test
  void picturesHaveTheColoursOfOld() throws Exception {
    BufferedImage traffic = picture("index.php?call=graph&type=device&node=70&device=7");
    assertThat(count(traffic, 0x0000ff)).isGreaterThan(40_000);
    assertThat(count(traffic, 0x00ff00)).isGreaterThan(500);
    BufferedImage pings = picture("graphs/graphs.php?type=pings&radio=9&node=90");
    assertThat(count(pings, 0xffff00)).isBetween(4000L, 8000L);
    assertThat(count(pings, 0x00ff00)).isGreaterThan(500);
    BufferedImage node = picture("index.php?call=graph&type=supernode&node=70");
    assertThat(count(node, 0x0000ff)).isGreaterThan(50);
    BufferedImage clients = picture("graphs/graphs.php?type=clients&radio=7&node=70&numcli=max");
    assertThat(count(clients, 0xff0000)).isGreaterThan(50);
  }

  /** The documented computation, from what rrdtool itself reads of our files. */
  @Test
  void statsAreWhatRrdtoolSums() throws Exception {
    String said =
        Rrdtool.run(
            "fetch",
            folder.resolve("9-0_traf.rrd"),
            "AVERAGE",
            "-s",
            Community.NOW - 86_400,
            "-e",
            Community.NOW - 300);
    double in = 0;
    double out = 0;
    for (String line : said.lines().skip(2).toList()) {
      String[] parts = line.split("[: ]+", -1);
      if (Long.parseLong(parts[0]) < Community.NOW && !parts[1].endsWith("nan")) {
        in += 300 * Double.parseDouble(parts[1]);
        out += 300 * Double.parseDouble(parts[2]);
      }
    }
    String stats = text("index.php?call=stats&devices=9&traffic_start=-86400");
    assertThat(stats)
        .endsWith(String.format(Locale.ROOT, "|0,%d,%d\n", (long) (in / 1e6), (long) (out / 1e6)));
  }

  @Test
  void pingsAndTracesForReal() throws Exception {
    String ping = text("index.php?call=liveping&ip=127.0.0.1&count=1");
    assertThat(ping).contains("1 packets transmitted, 1 received, 0% packet loss");
    String trace = text("index.php?call=livetraceroute&ip=127.0.0.1");
    assertThat(trace).startsWith("traceroute to 127.0.0.1");
  }
}
