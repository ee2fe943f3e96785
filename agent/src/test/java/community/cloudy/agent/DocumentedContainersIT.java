package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.containers.Dockerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types what documents say of containers to an agent with a real engine and a registry. */
@Timeout(240)
final class DocumentedContainersIT {
  private static final Path SHIPPED =
      Path.of("../containers/src/main/resources/community/cloudy/containers/apps/shipped");

  /** What the node says it is reached by, so that its ports are not for itself alone. */
  private static final String ADDRESS = "10.9.9.9";

  private static final String SITE = "127.0.0.1:5000/garden/site:";

  /** A stack with data, as small as one can be. */
  private static final String COMPOSE =
      """
      services:
        app:
          image: %s
          entrypoint: [sh, -c, "trap 'exit 0' TERM; sleep 1000 & wait"]
          volumes: ["data:/data"]
      volumes: {data: {}}
      """
          .formatted(Dockerd.BUSYBOX);

  private static Dockerd dockerd;

  @TempDir private static Path engine;
  @TempDir private Path folder;
  private RunningAgent agent;
  private Typist typist;

  @BeforeAll
  static void startEngine() throws Exception {
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    dockerd = Dockerd.start(engine);
    dockerd.inside("ip", "address", "add", ADDRESS + "/32", "dev", "lo");
    for (String version : List.of("1.2", "1.3")) {
      web(SITE + version, 80);
      dockerd.docker("push", "-q", SITE + version);
      dockerd.docker("rmi", SITE + version);
    }
  }

  @AfterAll
  static void stopEngine() throws IOException {
    if (dockerd != null) {
      dockerd.close();
    }
  }

  /** Makes an image that serves pages. */
  private static void web(String image, int port) throws Exception {
    String serve =
        "trap 'exit 0' TERM; echo > /tmp/index.html; httpd -f -p %d -h /tmp & wait".formatted(port);
    dockerd.docker(
        "import",
        "--change=ENV PATH=/bin",
        "--change=CMD [\"sh\", \"-c\", \"" + serve + "\"]",
        engine.resolve("busybox.tar").toString(),
        image);
  }

  @BeforeEach
  void startAgent() throws Exception {
    configure("");
    agent = RunningAgent.start(folder, ", advertise: '" + ADDRESS + ":7946'", "");
    typist = new Typist(folder, agent).reads("10.1.2.3", "127.0.0.1");
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("conf.d")).resolve("20-engine.yaml"),
        "containers: {engine: '%s'%s}\n".formatted(dockerd.host(), more));
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  @Test
  void containersAreRunListedChangedAndTakenOver() throws Exception {
    typist
        .before(
            "cloudy adopt printer",
            () -> dockerd.docker("run", "-d", "--name", "printer", Dockerd.BUSYBOX, "sleep", "99"))
        .before("cloudy volumes rm", () -> dockerd.docker("volume", "create", "seeds"));

    assertThat(typist.page("containers.md")).isGreaterThan(14);

    assertThat(agent.run("ps").output()).contains("site", "printer");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> agent.run("services").output().contains("The garden"));
  }

  @Test
  void aStackIsSavedBroughtBackAndSavedByItself() throws Exception {
    Files.writeString(folder.resolve("compose.yaml"), COMPOSE);
    String create = "cloudy stack create %s -f compose.yaml";
    typist.type((create + " & " + create + " && wait $!").formatted("forgejo", "nextcloud"));

    for (String line : Documented.typed("backup.md")) {
      if (line.endsWith("from its own backup")) {
        loseData();
      }
      typist.type(line.replaceAll("nextcloud_[0-9TZ]+", saved()));
    }

    assertThat(agent.run("stack", "ls").output()).contains("nextcloud", "trial");
  }

  /** Leaves of the stack what the backup of a node brings to a new box: its files. */
  private static void loseData() throws Exception {
    dockerd.docker("rm", "-f", "nextcloud_app_1");
    dockerd.docker("volume", "rm", "nextcloud_data");
  }

  /** Returns the newest backup's name: it has the time in it. */
  private String saved() throws Exception {
    Matcher name =
        Pattern.compile("nextcloud_[0-9TZ]+").matcher(agent.run("backup", "ls").output());
    return name.results().map(found -> found.group()).max(String::compareTo).orElse("");
  }

  @Test
  void anAppIsInstalledAndACatalogueSignedAndTakenOver() throws Exception {
    web("etherpad/etherpad:2.2.7", 9001);
    Path apps = Files.createDirectories(folder.resolve("apps/static-site"));
    try (Stream<Path> files = Files.list(SHIPPED.resolve("static-site"))) {
      for (Path file : files.toList()) {
        Files.copy(file, apps.resolve(file.getFileName()));
      }
    }
    HttpServer web = serve(folder.resolve("apps"));
    try {
      typist
          .reads(
              "http://apps.garden.example/", "http://127.0.0.1:" + web.getAddress().getPort() + "/")
          .before("cloudy catalogue add", this::trustTheSigner);

      assertThat(typist.page("apps.md")).isGreaterThan(6);

      assertThat(agent.run("app", "ls").output()).contains("garden");
      assertThat(agent.run("stack", "ls").output()).contains("etherpad");
    } finally {
      web.stop(0);
    }
  }

  private void trustTheSigner() throws Exception {
    String key =
        typist.type("openssl pkey -in signer.pem -pubout -outform DER | base64 -w 0").strip();
    agent.close();
    configure(", catalogues: {trusted_keys: ['%s'], allowed_hosts: [127.0.0.1]}".formatted(key));
    agent = RunningAgent.start(folder, ", advertise: '" + ADDRESS + ":7946'", "");
    typist.at(agent);
  }

  private static HttpServer serve(Path root) throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    web.createContext(
        "/",
        exchange -> {
          byte[] bytes =
              Files.readAllBytes(root.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    web.start();
    return web;
  }

  @Test
  void whatAnOlderCloudyHadIsCarriedOver() throws Exception {
    Path legacy = Files.createDirectories(folder.resolve("legacy/etc/cloudy/docker/templates"));
    Files.writeString(
        folder.resolve("legacy/etc/avahi-ps-serf.conf"),
        "SERF_BIND=5000\nSERF_JOIN=\"10.139.40.22:5000\"\n");
    Files.writeString(
        legacy.resolve("etherpad.json"),
        "{\"appname\": \"Etherpad Lite\", \"image\": \"%s1.3\"}".formatted(SITE));
    typist
        .reads("cloudy migrate", "cloudy migrate --from " + folder.resolve("legacy"))
        .reads("/root/stacks", folder.resolve("stacks").toString());

    assertThat(typist.page("migrate.md")).isGreaterThan(2);

    assertThat(folder.resolve("conf.d/10-migrated.yaml")).content().contains("5000");
    assertThat(agent.run("stack", "ls").output()).contains("etherpad-lite");
  }
}
