package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example module as a third party's jar in the plug-in folder of a real agent. */
@Timeout(180)
final class PluginIT {
  @TempDir private Path folder;

  /** What outlives the agent would outlive a failure, too. */
  @AfterEach
  void endServer() throws IOException {
    RunningAgent.endServices(folder);
  }

  private static Path example() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/plugins"))) {
      return jars.findFirst().orElseThrow();
    }
  }

  private static void jar(Path path, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Cloudy-Module-Api"), version);
    try (OutputStream out = Files.newOutputStream(path)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private static JsonNode module(RunningAgent agent) throws Exception {
    return Json.read(
        agent.run("module", "show", "share").output().getBytes(StandardCharsets.UTF_8));
  }

  private static void awaitOk(RunningAgent agent) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> module(agent).path("health").asText().equals("ok"));
  }

  private static String page(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello.txt")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void aThirdPartysModuleRunsAnnouncesAndOutlivesTheAgent() throws Exception {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(example(), plugins.resolve("share.jar"));
    jar(plugins.resolve("old.jar"), "0");
    jar(plugins.resolve("open.jar"), "1");
    Files.setPosixFilePermissions(
        plugins.resolve("open.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));
    Path shared = Files.createDirectories(folder.resolve("shared"));
    Files.writeString(shared.resolve("hello.txt"), "hello");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String sections =
        "plugins: %s\nservices: {share: {enabled: true, folder: %s, port: %d}}"
            .formatted(plugins, shared, port);

    try (RunningAgent agent = RunningAgent.start(folder, "", sections)) {
      awaitOk(agent);
      assertThat(page(port)).isEqualTo("hello");
      assertThat(agent.run("module").output())
          .containsPattern("share +running +ok")
          .contains("old.jar: its manifest says Cloudy-Module-Api 0, and this node has version 1")
          .contains("open.jar: others than root can write it");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> agent.run("services").output().contains("Files of attic"));
      agent.kill();
    }
    assertThat(page(port)).isEqualTo("hello");
    try (RunningAgent agent = RunningAgent.start(folder, "", sections)) {
      awaitOk(agent);
      assertThat(module(agent).at("/metrics/restarts_total").asInt()).isZero();
      assertThat(agent.log()).contains("Workload found running name=share-server");
      RunningAgent.Result disabled = agent.run("module", "disable", "share");
      assertThat(disabled.exit()).as(disabled.output()).isZero();
      await().until(() -> !agent.run("services").output().contains("Files of attic"));
    }
  }
}
