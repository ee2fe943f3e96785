package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.services.peerstreamer.StreamerDouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types what the pages of modules say to agents with the real services. */
@Timeout(240)
final class DocumentedModulesIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String FEDERATION = "7-inout\n8-private\n9-out\n";

  @TempDir private Path folder;
  private Path attic;
  private Path cellar;

  @BeforeEach
  void makeFolders() throws IOException {
    attic = Files.createDirectories(folder.resolve("attic"));
    cellar = Files.createDirectories(folder.resolve("cellar"));
    // Squid and named run as users of their own.
    for (Path each : new Path[] {folder, attic}) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @AfterEach
  void endServices() throws IOException {
    RunningAgent.endServices(attic);
    RunningAgent.endServices(cellar);
  }

  private static void needs(String... programs) {
    for (String program : programs) {
      assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
    }
  }

  private static RunningAgent pair(String name, int gossip, Path own, String more, String sections)
      throws Exception {
    return RunningAgent.start(name, gossip, own, more + ", profile: local", sections);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(SOON).until(condition);
  }

  private static boolean says(RunningAgent agent, String words, String... command)
      throws Exception {
    return agent.run(command).output().contains(words);
  }

  /** Writes what the page says into the configuration. */
  private static void configure(Path own, Typist typist, String page, String of) throws Exception {
    for (Markdown.Block block : Markdown.of(Reference.DOCS.resolve(page)).blocks()) {
      String text = String.join("\n", block.lines());
      if (block.language().equals("yaml") && text.contains(of)) {
        Path file = Files.createDirectories(own.resolve("conf.d")).resolve("10-" + page + ".yaml");
        Files.writeString(file, typist.called(text) + "\n");
        return;
      }
    }
    throw new AssertionError(page + " has no YAML with " + of);
  }

  private static String syncthing() throws IOException {
    return "services: {syncthing: {port: %d, gui_port: %d, local_discovery: false}}"
        .formatted(RunningAgent.freePort(), RunningAgent.freePort());
  }

  @Test
  void modulesAreSetAndAFolderIsSharedBetweenTwoNodes() throws Exception {
    needs("/usr/bin/syncthing");
    int port = RunningAgent.freePort();
    String join = ", join: ['127.0.0.1:" + port + "']";
    try (RunningAgent one = pair("attic", port, attic, "", syncthing());
        RunningAgent other = pair("cellar", RunningAgent.freePort(), cellar, join, syncthing())) {
      Typist typist = new Typist(folder, one);
      typist
          .reads(
              "services/example/target/cloudy-",
              Path.of("target/plugins").toAbsolutePath() + "/cloudy-")
          .reads("/usr/local/lib/cloudy/", folder.resolve("plugins") + "/")
          .isRefused("cloudy module config syncthing crash_reports=maybe")
          .before("install ", () -> Files.createDirectory(folder.resolve("plugins")));
      typist.type("cloudy module enable syncthing");
      assertThat(typist.page("modules.md")).isGreaterThan(4);
      typist.type("cloudy module disable syncthing");

      configure(attic, typist, "syncthing.md", "enabled: true");
      Files.delete(attic.resolve("conf.d/50-services-syncthing.yaml"));
      other.run("module", "enable", "syncthing");
      Files.writeString(attic.resolve("syncthing.password"), "a long password\n");
      typist
          .before(
              "cloudy sync with",
              () -> until(() -> says(one, "Syncthing of cellar", "services", "--health", "ok")))
          .before(
              "cloudy sync pending",
              () -> {
                typist.at(other);
                until(() -> says(other, "connect", "sync", "pending"));
              })
          .before(
              "cloudy sync accept --folder",
              () -> until(() -> says(other, "photos", "sync", "pending")))
          .before("cloudy module config", () -> typist.at(one));
      assertThat(typist.page("syncthing.md")).isGreaterThan(6);
      assertThat(says(other, "photos", "sync")).isTrue();
      typist.type("cloudy module disable syncthing");
      other.run("module", "disable", "syncthing");
    }
  }

  @Test
  void theProxyLetsInWhoLogsInAndSaysWhatWentThrough() throws Exception {
    InetAddress here = ProxyAndNamesIT.address();
    assumeTrue(!here.isLoopbackAddress(), "needs an address that is not loopback");
    needs("/usr/sbin/squid", "/usr/bin/curl");
    HttpServer web = HttpServer.create(new InetSocketAddress(here, 0), 10);
    web.createContext(
        "/",
        exchange -> {
          byte[] page = FEDERATION.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    web.start();
    int port = web.getAddress().getPort();
    String origin = "http://%s:%d/".formatted(here.getHostAddress(), port);
    String sections = "services: {squid: {destinations: {own_ports: [%d], homes: true}}}";
    try (RunningAgent agent = RunningAgent.start(attic, "", sections.formatted(port))) {
      Typist typist = new Typist(folder, agent);
      typist
          .reads("port: 3128", "port: " + RunningAgent.freePort())
          .reads("http://example.org/", origin)
          .reads("http://guifi.net/", origin)
          .answers("cloudy user add", "a long password")
          .answers("cloudy proxy test", "a long password");
      typist.type("cloudy user add maria --role viewer --password-file -");
      configure(attic, typist, "squid.md", "enabled: true, port:");
      typist.type("cloudy reload");
      assertThat(typist.page("squid.md")).isGreaterThan(4);

      assertThat(says(agent, "private", "proxy", "federation")).isTrue();
      typist.type("cloudy module disable squid");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void namesAreServedLookedUpAndAWrongZoneIsRefused() throws Exception {
    needs("/usr/sbin/named");
    String ports = "services: {bind: {port: %d, control_port: %d, statistics_port: %d}}";
    try (RunningAgent agent =
        RunningAgent.start(
            attic,
            "",
            ports.formatted(
                RunningAgent.freePort(), RunningAgent.freePort(), RunningAgent.freePort()))) {
      Typist typist = new Typist(folder, agent);
      configure(attic, typist, "bind.md", "garden.example:");
      typist.type("cloudy reload");
      typist
          .before("cloudy module reload bind", () -> addAWrongRecord())
          .isRefused("cloudy module reload bind");
      assertThat(typist.page("bind.md")).isGreaterThan(4);

      typist.type("cloudy module disable bind");
    }
  }

  private void addAWrongRecord() throws IOException {
    Path file = attic.resolve("conf.d/10-bind.md.yaml");
    String wrong = "records:\n          - {name: www, type: cname, value: mail}";
    Files.writeString(file, Files.readString(file).replace("records:", wrong));
  }

  @Test
  void devicesAreWatchedTakenOverAndExported() throws Exception {
    needs("/usr/sbin/snmpd");
    int snmp = RunningAgent.freePort();
    Path config =
        Files.writeString(
            folder.resolve("snmpd.conf"),
            "agentAddress udp:127.0.0.1:%d%nrocommunity public 127.0.0.1%n".formatted(snmp));
    ProcessBuilder builder =
        new ProcessBuilder("/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("snmpd.log").toFile());
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.resolve("snmp").toString());
    Process snmpd = builder.start();
    String sections =
        """
        services:
          graphs:
            interval: 10s
            credentials: [{name: lab, port: %d}]
            devices:
              - {id: here, address: 127.0.0.1, credential: lab, ports: [lo]}
              - {id: switch, address: 127.0.0.3, credential: lab, ports: [lo]}
            snpservices: {port: %d}
        """;
    try (RunningAgent agent =
        RunningAgent.start(attic, "", sections.formatted(snmp, RunningAgent.freePort()))) {
      Path old = Files.createDirectories(folder.resolve("snpservices"));
      Typist typist = new Typist(folder, agent);
      typist
          .reads("10.1.2.3", "127.0.0.2")
          .reads("/var/lib/snpservices/rrdb", old.toString())
          // Devices are looked for in the background.
          .before("cloudy graphs test", () -> until(() -> says(agent, "here", "graphs")))
          .before("cloudy graphs import", () -> makeOldFiles(old));
      assertThat(typist.page("graphs.md")).isGreaterThan(5);

      assertThat(folder.resolve("switch.xml")).content().contains("<rrd>");
      assertThat(says(agent, "Radio on the roof", "graphs")).isTrue();
      typist.type("cloudy module disable graphs");
    } finally {
      snmpd.destroy();
      snmpd.waitFor();
    }
  }

  /** Takes what was measured here for what another server had. */
  private void makeOldFiles(Path old) throws IOException {
    Path own = attic.resolve("state/services/graphs/rrdb");
    Path pings = own.resolve("here_ping.rrd");
    Path traffic = own.resolve("here-0_traf.rrd");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(own)
                    .isDirectoryContaining("glob:**here_ping.rrd")
                    .isDirectoryContaining("glob:**here-0_traf.rrd"));
    Files.copy(pings, old.resolve("roof-radio_ping.rrd"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(traffic, old.resolve("switch-3_traf.rrd"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String streamer(Path program, int ports) {
    return """
        services:
          peerstreamer: {enabled: true, program: '%s', dialect: classic, paths: ['/srv/video'],
            p2p_ports: %d-%d, local_ports: %d-%d}
        """
        .formatted(program, ports, ports + 9, ports + 10, ports + 99);
  }

  @Test
  void videoIsPublishedOnOneNodeAndWatchedOnAnother() throws Exception {
    needs("/usr/bin/ffmpeg");
    Path program = StreamerDouble.install(folder, "streamer-double", "classic");
    Path films = Files.createDirectories(folder.resolve("films"));
    int port = RunningAgent.freePort();
    String join = ", join: ['127.0.0.1:" + port + "']";
    String own = streamer(program, 29_400).replace("/srv/video", films.toString());
    try (RunningAgent one = pair("attic", port, attic, "", own);
        RunningAgent other =
            pair("cellar", RunningAgent.freePort(), cellar, join, streamer(program, 29_500))) {
      Typist typist = new Typist(folder, one);
      typist.type(
          "ffmpeg -v error -f lavfi -i testsrc=size=320x240 -t 4 -c:v mpeg2video -f mpegts "
              + films.resolve("garden.ts"));
      Files.writeString(folder.resolve("camera.url"), "rtsp://maria:word@127.0.0.1:1/live\n");
      typist
          .reads("/srv/video", films.toString())
          .before(
              "cloudy video join",
              () -> {
                typist.at(other);
                until(() -> says(other, "garden", "video"));
              });
      assertThat(typist.page("peerstreamer.md")).isGreaterThan(4);

      until(() -> says(other, "flowing", "video", "show", "garden"));
      one.run("module", "disable", "peerstreamer");
      other.run("module", "disable", "peerstreamer");
    }
  }
}
