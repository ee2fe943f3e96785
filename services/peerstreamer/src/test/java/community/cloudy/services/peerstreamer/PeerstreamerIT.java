package community.cloudy.services.peerstreamer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes on loopback with real ffmpeg, and a double of the streamer; or the real one, whose
 * path {@code CLOUDY_PEERSTREAMER} names.
 */
@Timeout(120)
final class PeerstreamerIT {
  private static final TestCatalogue CATALOGUE = new TestCatalogue();
  private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
  private static final int PORTS = 23_000;

  @TempDir static Path temp;
  private static String program;
  private static Node attic;
  private static Node cellar;
  private static Node roof;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isExecutable(FFMPEG), "needs ffmpeg");
    String real = System.getenv("CLOUDY_PEERSTREAMER");
    program =
        real != null
            ? real
            : StreamerDouble.install(temp.resolve("bin"), "video-double", "classic").toString();
    attic = node("attic", PORTS);
    cellar = node("cellar", PORTS + 100);
    roof = node("roof", PORTS + 200);
    film(attic.media().resolve("film.ts"), 6);
  }

  private static Node node(String name, int ports) throws IOException {
    return bare(name, ports, ", 'program': '%s', 'idle_timeout': '4s'".formatted(program));
  }

  private static Node bare(String name, int ports, String settings) throws IOException {
    return new Node(name, ports, temp.resolve(name), RunMode.PROCESS, CATALOGUE, settings);
  }

  /** A moving picture with a tone, of some 400 kbit/s. */
  private static void film(Path file, int seconds) throws Exception {
    run(
        FFMPEG.toString(),
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x240:rate=25",
        "-f",
        "lavfi",
        "-i",
        "sine=440",
        "-t",
        String.valueOf(seconds),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        "25",
        "-b:v",
        "400k",
        "-minrate",
        "400k",
        "-maxrate",
        "400k",
        "-bufsize",
        "400k",
        "-x264-params",
        "nal-hrd=cbr",
        "-c:a",
        "aac",
        "-f",
        "mpegts",
        file.toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @AfterEach
  void endChannels() throws IOException {
    for (Node node : new Node[] {attic, cellar, roof}) {
      for (Peerstreamer.Held held : node.peerstreamer().channels()) {
        node.delete(held.channel().id());
      }
    }
    CATALOGUE.set(List.of());
  }

  @AfterAll
  static void stop() {
    for (Node node : new Node[] {attic, cellar, roof}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private static void await30(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(30)).until(condition);
  }

  private static void publishFilm(String id) throws IOException {
    attic.post(
        "/publish",
        "{'channel': '%s', 'source': 'file:%s', 'title': 'The garden', 'kbit': 1000}"
            .formatted(id, attic.media().resolve("film.ts")));
    attic.awaitState(id, "flowing");
  }

  @Test
  void whatOneNodePublishesIsWatchedOnTwoOthersAndComesBackWhenItsSourceDoes() throws Exception {
    publishFilm("garden");
    assertThat(attic.announced()).extracting(s -> s.id()).containsExactly("peerstreamer-garden");
    CATALOGUE.set(attic.announced());
    cellar.post("/relay", "{'node': 'attic'}");
    cellar.awaitState("garden", "flowing");
    CATALOGUE.set(cellar.announced());
    assertThat(cellar.list().at("/catalogue/0/title").asText()).isEqualTo("The garden");
    roof.post("/join", "{'node': 'cellar', 'service': 'garden', 'channel': 'tv'}");
    roof.awaitState("tv", "flowing");
    assertThat(roof.announced()).isEmpty();
    await30(() -> roof.get("tv").path("kbit").asInt() > 100);
    assertThat(roof.peerstreamer().status().health().state()).isEqualTo(Health.State.OK);

    await30(() -> Files.exists(roof.channel("tv").resolve("index.m3u8")));
    String playlist = new String(roof.hls("tv", "index.m3u8").content(), UTF_8);
    String segment =
        playlist.lines().filter(line -> line.endsWith(".ts")).findFirst().orElseThrow();
    assertThat(roof.hls("tv", "index.m3u8").contentType())
        .isEqualTo("application/vnd.apple.mpegurl");
    Path copy = Files.write(temp.resolve("copy.ts"), roof.hls("tv", segment).content());
    assertThat(run("/usr/bin/ffprobe", "-v", "error", "-show_streams", copy.toString()))
        .contains("codec_name=h264", "codec_name=aac", "width=320");

    Path film = attic.media().resolve("film.ts");
    Files.move(film, film.resolveSibling("away"));
    attic.kill("feed-garden");
    await30(() -> attic.announced().isEmpty() && cellar.announced().isEmpty());
    Files.move(film.resolveSibling("away"), film);
    await30(() -> attic.announced().size() == 1 && cellar.announced().size() == 1);
    roof.awaitState("tv", "flowing");
    assertThat(attic.get("garden").path("restarts").asInt()).isPositive();
  }

  @Test
  void programsThatAreKilledBeginAgainAndRunOnWithoutTheAgent() throws Exception {
    publishFilm("garden");
    CATALOGUE.set(attic.announced());
    roof.post("/join", "{'node': 'attic', 'channel': 'tv'}");
    roof.awaitState("tv", "flowing");
    long before = attic.pid("peer-garden");
    attic.kill("peer-garden");
    await30(() -> attic.pid("peer-garden") != before);
    long bytes = roof.get("tv").path("bytes").asLong();
    await30(() -> roof.get("tv").path("bytes").asLong() > bytes + 100_000);

    List<Long> pids = pids();
    attic.restartAgent();
    roof.restartAgent();
    attic.awaitState("garden", "flowing");
    roof.awaitState("tv", "flowing");
    assertThat(pids()).isEqualTo(pids);
    attic.delete("garden");
    assertThat(ProcessHandle.of(pids.get(0)).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThat(attic.channel("garden")).doesNotExist();
  }

  private static List<Long> pids() throws IOException {
    return List.of(attic.pid("peer-garden"), attic.pid("feed-garden"), roof.pid("peer-tv"));
  }

  @Test
  void aLoginOfASourceIsSeenByNobody() throws Exception {
    byte[] film = Files.readAllBytes(attic.media().resolve("film.ts"));
    String login = "Basic " + Base64.getEncoder().encodeToString("eye:s3cret".getBytes(UTF_8));
    HttpServer camera =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    camera.createContext(
        "/",
        exchange -> {
          boolean known = login.equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"camera\"");
          exchange.sendResponseHeaders(known ? 200 : 401, known ? film.length : -1);
          exchange.getResponseBody().write(known ? film : new byte[0]);
          exchange.close();
        });
    camera.start();
    try {
      String url =
          "http://eye:s3cret@127.0.0.1:%d/live.ts".formatted(camera.getAddress().getPort());
      JsonNode answer = attic.post("/publish", "{'channel': 'cam', 'source': '%s'}".formatted(url));
      attic.awaitState("cam", "flowing");
      assertThat(answer.path("source").asText()).startsWith("http://***@127.0.0.1:");
      assertThat(Files.readString(Path.of("/proc/%d/cmdline".formatted(attic.pid("feed-cam")))))
          .contains("ffconcat")
          .doesNotContain("s3cret");
      assertThat(attic.list().toString()).doesNotContain("s3cret");
    } finally {
      camera.stop(0);
    }
    attic.kill("feed-cam");
    attic.awaitState("cam", "waiting");
    assertThat(attic.list().toString() + attic.peerstreamer().log(100)).doesNotContain("s3cret");
  }

  @Test
  void limitsHold() throws Exception {
    film(attic.media().resolve("large.ts"), 3);
    String source = "file:" + attic.media().resolve("large.ts");
    String body = "{'channel': 'x%s', 'source': '" + source + "', 'kbit': %d}";
    attic.post("/publish", body.formatted(1, 100));
    assertThatThrownBy(() -> attic.post("/publish", body.formatted(1, 100)))
        .hasMessageContaining("There is a channel x1 already");
    assertThatThrownBy(() -> attic.post("/publish", body.formatted(2, 6000)))
        .hasMessageContaining("1 to 5000 kbit/s (max_channel_kbit)");
    for (int i = 2; i < 5; i++) {
      attic.post("/join", "{'address': '127.0.0.1', 'port': %d, 'channel': 'x%d'}".formatted(i, i));
    }
    assertThatThrownBy(() -> attic.post("/publish", body.formatted(6, 5000)))
        .hasMessageContaining("may carry 15100 of 20000 kbit/s");
    for (int i = 5; i < 9; i++) {
      attic.post(
          "/join",
          "{'address': '127.0.0.1', 'port': %d, 'channel': 'x%d', 'kbit': 100}".formatted(i, i));
    }
    assertThatThrownBy(() -> attic.post("/publish", body.formatted(9, 100)))
        .hasMessageContaining("There are 8 channels, the most there may be");
    attic.awaitState("x1", "ended");
    assertThat(attic.get("x1").path("evidence").asText()).contains("and may carry 100");
    assertThat(attic.announced()).isEmpty();
  }

  @Test
  void otherSettingsBeginTheChannelsAnewAndImpossibleOnesChangeNothing() throws Exception {
    publishFilm("garden");
    long pid = attic.pid("peer-garden");
    var json = Settings.json(attic.settings).put("program", "/nowhere/streamer");
    assertThatThrownBy(
            () -> attic.peerstreamer().reload(Settings.bind(PeerstreamerSettings.class, json)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("/nowhere/streamer is not there. PeerStreamer is not in Debian");
    var more = Settings.json(attic.settings).put("max_channels", 9);
    attic.peerstreamer().reload(Settings.bind(PeerstreamerSettings.class, more));
    assertThat(attic.pid("peer-garden")).isEqualTo(pid);
    var noHls = Settings.json(attic.settings).put("hls", false);
    attic.peerstreamer().reload(Settings.bind(PeerstreamerSettings.class, noHls));
    await30(() -> attic.pid("peer-garden") != pid);
    attic.awaitState("garden", "flowing");
    assertThatThrownBy(() -> attic.hls("garden", "index.m3u8")).hasMessageContaining("HLS is off");
    attic.peerstreamer().reload(attic.settings);
  }

  @Test
  void programsRunAsAnotherUserWhoMayReadTheFilmAndNothingElse() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
    String settings = ", 'program': '%s', 'user': 'nobody'".formatted(program);
    try (Node other = bare("other", PORTS + 500, settings)) {
      Path film = other.media().resolve("film.ts");
      Files.copy(attic.media().resolve("film.ts"), film);
      other.post("/publish", "{'channel': 'garden', 'source': 'file:%s'}".formatted(film));
      other.awaitState("garden", "flowing");
      await30(() -> Files.exists(other.channel("garden").resolve("index.m3u8")));
      for (String one : List.of("peer-garden", "feed-garden", "hls-garden")) {
        Path process = Path.of("/proc/" + other.pid(one));
        assertThat(Files.getOwner(process).getName()).as(one).isEqualTo("nobody");
      }
      assertThat(other.hls("garden", "index.m3u8").content()).asString().startsWith("#EXTM3U");
    }
  }

  @Test
  void theEnginesCommandLineCarriesVideoToo() throws Exception {
    assumeTrue(System.getenv("CLOUDY_PEERSTREAMER") == null, "the real streamer has one dialect");
    String engine =
        ", 'program': '%s', 'idle_timeout': '4s', 'hls': false"
            .formatted(StreamerDouble.install(temp.resolve("bin"), "pstreamer", "engine"));
    try (Node one = bare("one", PORTS + 300, engine);
        Node two = bare("two", PORTS + 400, engine)) {
      Files.copy(attic.media().resolve("film.ts"), one.media().resolve("film.ts"));
      one.post(
          "/publish",
          "{'channel': 'garden', 'source': 'file:%s'}".formatted(one.media().resolve("film.ts")));
      one.awaitState("garden", "flowing");
      CATALOGUE.set(one.announced());
      two.post("/join", "{'node': 'one'}");
      two.awaitState("garden", "flowing");
    }
  }
}
