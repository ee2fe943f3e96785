package community.cloudy.services.syncthing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.services.spi.People.Directory;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three real instances of Debian's Syncthing on loopback. */
@Timeout(120)
final class SyncthingIT {
  private static final TestCatalogue CATALOGUE = new TestCatalogue();

  @TempDir static Path temp;
  private static Node attic;
  private static Node cellar;
  private static Node roof;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/syncthing")), "needs syncthing");
    attic = Node.start("attic", temp.resolve("attic"), CATALOGUE, "");
    cellar = Node.start("cellar", temp.resolve("cellar"), CATALOGUE, "");
    roof = Node.start("roof", temp.resolve("roof"), CATALOGUE, "");
    CATALOGUE.set(
        List.of(
            attic.announced(Trust.PINNED),
            cellar.announced(Trust.VERIFIED),
            roof.announced(Trust.UNVERIFIED)));
  }

  @AfterAll
  static void stop() {
    for (Node node : new Node[] {attic, cellar, roof}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private static void await60(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  @Test
  void twoNodesPairThroughTheCatalogueAndSynchroniseAfterTheOtherAccepts() throws Exception {
    JsonNode asked = attic.post("/sync", "{'node': 'cellar', 'folder': 'photos'}");
    assertThat(asked.path("device").asText()).isEqualTo(cellar.device());

    await60(() -> !cellar.get("/pending").path("devices").isEmpty());
    JsonNode pending = cellar.get("/pending").path("devices").get(0);
    assertThat(pending.path("node").asText()).isEqualTo("attic");
    assertThat(cellar.get("/devices").path("devices")).isEmpty();
    cellar.post("/pending/accept", "{'device': '%s'}".formatted(attic.device()));
    await60(() -> !cellar.get("/pending").path("folders").isEmpty());
    assertThat(cellar.get("/folders").path("folders")).isEmpty();
    cellar.post("/pending/accept", "{'folder': 'photos', 'versions': 3}");

    byte[] large = new byte[100_000_000];
    new Random(1).nextBytes(large);
    Files.write(attic.folder.resolve("data/photos/large"), large);
    attic.folder("POST", "/scan", "photos", "{}");
    Path copy = cellar.folder.resolve("data/photos/large");
    await60(() -> Files.exists(copy));
    assertThat(copy).hasBinaryContent(large);
    Files.writeString(cellar.folder.resolve("data/photos/back"), "and back");
    cellar.folder("POST", "/scan", "photos", "{}");
    await60(() -> Files.exists(attic.folder.resolve("data/photos/back")));

    JsonNode device = attic.get("/devices").path("devices").get(0);
    assertThat(device.path("connected").asBoolean()).isTrue();
    await60(() -> attic.get("/devices").at("/devices/0/completion/photos").asDouble() == 100.0);
    JsonNode known = attic.syncthing().api().get("/rest/config/devices/" + cellar.device());
    assertThat(known.path("introducer").asBoolean()).isFalse();
    assertThat(known.path("autoAcceptFolders").asBoolean()).isFalse();
  }

  @Test
  void whatIsNotSignedIsNotPairedWith() {
    assertThatThrownBy(() -> attic.post("/sync", "{'node': 'roof', 'folder': 'music'}"))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("is not signed");
    assertThatThrownBy(() -> attic.post("/sync", "{'node': 'nobody', 'folder': 'music'}"))
        .hasMessageContaining("announces no Syncthing");
  }

  @Test
  void announcesItsDeviceAndOpensNothingBeyondTheCommunity() throws IOException {
    assertThat(attic.syncthing().status().services().get(0).offer().attributes())
        .containsEntry("node_id", attic.device());
    JsonNode options = attic.syncthing().api().get("/rest/config/options");
    for (String off :
        List.of("globalAnnounceEnabled", "relaysEnabled", "natEnabled", "crashReportingEnabled")) {
      assertThat(options.path(off).asBoolean(true)).as(off).isFalse();
    }
    assertThat(options.path("urAccepted").asInt()).isEqualTo(-1);
    assertThat(options.path("autoUpgradeIntervalH").asInt()).isZero();
    JsonNode gui = attic.syncthing().api().get("/rest/config/gui");
    assertThat(gui.path("address").asText()).startsWith("127.0.0.1:");
  }

  @Test
  void foldersLieWhereTheOwnerAllows() throws Exception {
    for (String path : List.of("/etc", "../out", "/", ".", "a/../../b")) {
      assertThatThrownBy(
              () -> roof.post("/folders", "{'folder': 'x', 'path': '%s'}".formatted(path)))
          .as(path)
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("below");
    }
    Path data = Files.createDirectories(roof.folder.resolve("data"));
    Files.createSymbolicLink(data.resolve("link"), Path.of("/etc"));
    assertThatThrownBy(() -> roof.post("/folders", "{'folder': 'x', 'path': 'link/x'}"))
        .hasMessageContaining("link that leads to");
    Files.deleteIfExists(Path.of("/etc/x"));
    for (String id : List.of("a/b", "..%2f", "a\\nb", "", "a;b", "x".repeat(65))) {
      assertThatThrownBy(() -> roof.post("/folders", "{'folder': '%s'}".formatted(id)))
          .as(id)
          .isInstanceOf(ServiceException.class);
    }
    assertThat(roof.get("/folders").path("folders")).isEmpty();
  }

  @Test
  void aFolderIsPausedIgnoredAndForgottenWithItsFilesKept() throws Exception {
    roof.post("/folders", "{'folder': 'notes', 'label': 'Notes \\\" <b> & é', 'versions': 2}");
    JsonNode folder = roof.get("/folders").path("folders").get(0);
    assertThat(folder.path("label").asText()).isEqualTo("Notes \" <b> & é");
    Path kept = roof.folder.resolve("data/notes/kept");
    Files.writeString(kept, "kept");
    Files.writeString(
        kept.resolveSibling("a.sync-conflict-20261124-120000-ABCDEFG.txt"), "conflict");
    roof.folder("PUT", "/ignores", "notes", "{'ignore': ['*.tmp', '(?d)cache']}");
    assertThat(roof.folder("GET", "/ignores", "notes", "{}").path("ignore"))
        .extracting(JsonNode::asText)
        .containsExactly("*.tmp", "(?d)cache");
    assertThat(roof.folder("GET", "/conflicts", "notes", "{}").path("conflicts")).hasSize(1);
    roof.folder("POST", "/pause", "notes", "{}");
    assertThat(roof.get("/folders").at("/folders/0/state").asText()).isEqualTo("paused");
    roof.folder("POST", "/resume", "notes", "{}");
    roof.folder("DELETE", "", "notes", "{}");
    assertThat(roof.get("/folders").path("folders")).isEmpty();
    assertThat(kept).hasContent("kept");
  }

  @Test
  void runsOnWithoutTheAgentAndComesBackAfterItWasKilled() throws Exception {
    long pid = pid(cellar);
    cellar.restartAgent();
    assertThat(pid(cellar)).isEqualTo(pid);
    String device = cellar.device();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await60(() -> cellar.syncthing().status().metrics().get("restarts_total") == 1.0);
    cellar.awaitReady();
    assertThat(cellar.device()).isEqualTo(device);
  }

  private static long pid(Node node) throws IOException {
    String line = Files.readString(node.folder.resolve("run/syncthing.run"));
    return Long.parseLong(line.split(" ", 2)[0]);
  }

  @Test
  void aTakenPortIsSaidAndTheFormerSettingsRunOn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SyncthingSettings before = roof.settings;
      var json = Settings.json(before).put("gui_port", taken.getLocalPort());
      assertThatThrownBy(
              () -> roof.syncthing().reload(Settings.bind(SyncthingSettings.class, json)))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("ended");
      roof.awaitReady();
      assertThat(roof.syncthing().status().health().state()).isEqualTo(Health.State.OK);
    }
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(
            () ->
                Node.start(
                    "none",
                    temp.resolve("none"),
                    CATALOGUE,
                    ", \"program\": \"/nowhere/syncthing\""))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("/nowhere/syncthing is not there. Install it");
  }

  private static int gui(Node node, String password) throws IOException {
    URL page = URI.create("http://127.0.0.1:%d/".formatted(node.settings.guiPort())).toURL();
    HttpURLConnection connection = (HttpURLConnection) page.openConnection();
    String login = Base64.getEncoder().encodeToString(("cloudy:" + password).getBytes(UTF_8));
    connection.setRequestProperty("Authorization", "Basic " + login);
    return connection.getResponseCode();
  }

  @Test
  void itsOwnPageIsForNobodyUnlessThereIsAPasswordOrADirectory() throws Exception {
    assertThat(gui(attic, "")).isEqualTo(401);
    assertThat(gui(attic, "cloudy")).isEqualTo(401);
    Path file = Files.writeString(temp.resolve("password"), "long enough\n");
    var json = Settings.json(attic.settings).put("gui_password_file", file.toString());
    attic.syncthing().reload(Settings.bind(SyncthingSettings.class, json));
    await60(() -> gui(attic, "long enough") == 200);
    assertThat(gui(attic, "wrong")).isEqualTo(401);

    var asks =
        Settings.bind(SyncthingSettings.class, Settings.json(attic.settings).put("ldap", true));
    assertThatThrownBy(() -> attic.syncthing().reload(asks))
        .hasMessageContaining("this node has none");
    attic
        .people()
        .directory(
            new Directory("ldap.example.org:636", Directory.Security.TLS, "uid={user},o=50%"));
    attic.syncthing().reload(asks);
    await60(() -> gui(attic, "long enough") != 200);
    JsonNode ldap = attic.syncthing().api().get("/rest/config/ldap");
    assertThat(ldap.path("bindDN").asText()).isEqualTo("uid=%s,o=50%%");
    assertThat(ldap.path("transport").asText()).isEqualTo("tls");
    assertThat(ldap.path("insecureSkipVerify").asBoolean()).isFalse();
    attic.syncthing().reload(attic.settings);
  }

  @Test
  void optionsChangeWhileItRuns() throws Exception {
    long pid = pid(attic);
    var json = Settings.json(attic.settings).put("crash_reports", true);
    attic.syncthing().reload(Settings.bind(SyncthingSettings.class, json));
    JsonNode options = attic.syncthing().api().get("/rest/config/options");
    assertThat(options.path("crashReportingEnabled").asBoolean()).isTrue();
    assertThat(pid(attic)).isEqualTo(pid);
    attic.syncthing().reload(attic.settings);
  }
}
