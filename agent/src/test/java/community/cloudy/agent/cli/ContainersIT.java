package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.api.RawHttp;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import community.cloudy.containers.Dockerd;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a real engine, managed from the shell through the API. */
class ContainersIT {
  private static final String IMAGE = "127.0.0.1:5000/cloudy/small:1";
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static Dockerd dockerd;
  private static ApiRig rig;
  private Shell shell;

  @BeforeAll
  static void start() throws Exception {
    dockerd = Dockerd.start(Files.createDirectory(folder.resolve("engine")));
    // The address of the fake community's node, to which ports are bound.
    dockerd.inside("ip", "address", "add", "10.0.0.1/32", "dev", "lo");
    rig = new ApiRig(folder, "", "containers: {engine: '" + dockerd.host() + "'}");
  }

  @AfterAll
  static void stop() throws Exception {
    if (dockerd != null) {
      rig.close();
      dockerd.close();
    }
  }

  @BeforeEach
  void open() {
    shell = new Shell(rig.socket());
  }

  private String done(String... arguments) {
    assertThat(shell.run(arguments)).as(() -> shell.err()).isZero();
    return shell.takeOut();
  }

  private JsonNode json(String... arguments) {
    return Json.read(done(arguments).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsHowTheEngineIs() {
    assertThat(done("engine")).startsWith("The engine can be used: version ");
    assertThat(json("engine", "-o", "json").path("limits_memory").asBoolean()).isTrue();
  }

  @Test
  void getsAndRemovesAnImage() throws Exception {
    dockerd.push(IMAGE, 2);
    assertThat(done("pull", IMAGE)).startsWith("Got " + IMAGE + ", 2.0 MiB");
    assertThat(done("images")).contains("127.0.0.1:5000/cloudy/small:1");
    assertThat(done("images", "rm", IMAGE)).isEqualTo("Removed " + IMAGE + ".\n");
    assertThat(done("images")).doesNotContain("cloudy/small");
    assertThat(shell.run("pull", "127.0.0.1:5000/no/such:1")).isEqualTo(1);
    assertThat(shell.err()).contains("Could not pull the image 127.0.0.1:5000/no/such:1");
    assertThat(done("images", "prune", "--days", "365")).startsWith("Removed 0 images");
  }

  @Test
  void takesAContainerThroughItsLife() {
    done(
        "run",
        "--name",
        "counter",
        Dockerd.BUSYBOX,
        "sh",
        "-c",
        "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.2; done");
    assertThat(done("ps")).contains("counter").contains("running");
    await().atMost(LONG).until(() -> done("logs", "counter").contains("line 3\n"));
    assertThat(done("logs", "-n", "2", "counter").lines()).hasSize(2);
    assertThat(done("stats", "--once", "counter")).startsWith("cpu ").contains("pids");
    assertThat(done("exec", "counter", "echo", "inside")).isEqualTo("inside\n");
    assertThat(shell.run("exec", "counter", "sh", "-c", "exit 7")).isEqualTo(7);
    assertThat(done("stop", "-t", "1s", "counter")).isEqualTo("Stopped counter.\n");
    assertThat(done("ps")).contains("exited");
    assertThat(done("start", "counter")).isEqualTo("Started counter.\n");
    assertThat(done("restart", "-t", "1s", "counter")).isEqualTo("Restarted counter.\n");
    assertThat(shell.run("rm", "counter")).isEqualTo(1);
    assertThat(shell.err()).contains("Could not remove the container counter");
    assertThat(done("rm", "-f", "counter")).isEqualTo("Removed counter.\n");
    assertThat(shell.run("logs", "counter")).isEqualTo(1);
    assertThat(shell.err()).contains("No such container: counter");
  }

  @Test
  void followsALogUntilItsContainerIsGone() throws Exception {
    done("run", "--name", "speaker", Dockerd.BUSYBOX, "sh", "-c", "echo hello; sleep 1000");
    Shell follower = new Shell(rig.socket());
    Thread following = new Thread(() -> follower.run("logs", "-f", "speaker"));
    following.start();
    await().atMost(LONG).until(() -> follower.out().contains("hello"));
    dockerd.docker("rm", "-f", "speaker");
    following.join(LONG.toMillis());
    assertThat(following.isAlive()).isFalse();
    assertThat(follower.err()).isEmpty();
  }

  @Test
  void refusesWhatWouldGiveTheNodeAway() {
    assertThat(shell.run("run", "--name", "king", "--privileged", Dockerd.BUSYBOX)).isEqualTo(1);
    assertThat(shell.err()).contains("privileged");
    assertThat(done("ps")).doesNotContain("king");
  }

  @Test
  void listsAndRemovesVolumes() throws Exception {
    dockerd.docker("volume", "create", "seeds");
    assertThat(done("volumes", "--size")).contains("seeds").contains("0 B");
    assertThat(done("volumes", "rm", "seeds")).isEqualTo("Removed seeds.\n");
    assertThat(done("volumes")).doesNotContain("seeds");
  }

  @Test
  void writesJsonForPrograms() {
    done("run", "--name", "quiet", "-p", "8088:80", Dockerd.BUSYBOX, "sleep", "1000");
    JsonNode containers = json("ps", "-o", "json").path("containers");
    assertThat(containers)
        .anySatisfy(
            one -> {
              assertThat(one.path("name").asText()).isEqualTo("quiet");
              assertThat(one.path("ports").path(0).path("port").asInt()).isEqualTo(8088);
            });
    done("rm", "-f", "quiet");
  }

  /** Asks the API itself, as an admin. */
  private static JsonNode ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + path))
            .header("Authorization", "Bearer " + rig.token(Role.ADMIN))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return Json.read(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  @Test
  void doesTheRestByRest() throws Exception {
    done("run", "--name", "rest", Dockerd.BUSYBOX, "sleep", "1000");
    String one = "/v1/containers/rest";
    assertThat(ask("GET", one + "/top", "").path("processes").toString()).contains("sleep");
    assertThat(ask("POST", one + "/pause", "{}").path("state").asText()).isEqualTo("paused");
    assertThat(ask("POST", one + "/unpause", "{}").path("state").asText()).isEqualTo("running");
    assertThat(ask("POST", one + "/rename", "{\"name\": \"other\"}").path("name").asText())
        .isEqualTo("other");
    ask("POST", "/v1/containers/other/kill", "{\"signal\": \"SIGKILL\"}");
    await()
        .atMost(LONG)
        .until(
            () -> ask("GET", "/v1/containers/other", "").path("state").asText().equals("exited"));
    assertThat(ask("GET", "/v1/containers/other", "").path("exit_code").asInt()).isEqualTo(137);
    done("rm", "other");
    dockerd.docker("network", "create", "theirs");
    assertThat(ask("GET", "/v1/networks", "").toString()).contains("theirs");
    ask("DELETE", "/v1/networks/theirs", "{}");
    assertThat(ask("GET", "/v1/networks", "").toString()).doesNotContain("theirs");
    assertThat(ask("GET", "/v1/engine/usage", "").toString()).contains("volumes");
  }

  @Test
  void takesOverWhatOthersMade() throws Exception {
    dockerd.docker("run", "-d", "--name", "theirs", Dockerd.BUSYBOX, "sleep", "1000");
    dockerd.docker("create", "--name", "bad", "--privileged", Dockerd.BUSYBOX);
    done("run", "--name", "ours", Dockerd.BUSYBOX, "sleep", "1000");
    assertThat(done("ps").lines())
        .anyMatch(line -> line.startsWith("theirs") && line.endsWith("made by others"))
        .anyMatch(line -> line.startsWith("ours") && !line.endsWith("made by others"));
    assertThat(ask("GET", "/v1/containers/theirs", "").path("refusals")).isEmpty();
    assertThat(ask("GET", "/v1/containers/bad", "").path("refusals").path(0).path("key").asText())
        .isEqualTo("Privileged");

    assertThat(shell.run("adopt", "bad")).isEqualTo(1);
    assertThat(shell.err()).contains("Privileged");
    assertThat(done("adopt", "theirs")).isEqualTo("Adopted theirs.\n");

    JsonNode adopted = ask("GET", "/v1/containers/theirs", "");
    assertThat(adopted.path("managed").asBoolean()).isTrue();
    assertThat(adopted.path("desired").asText()).isEqualTo("up");
    done("stop", "-t", "1s", "theirs");
    assertThat(ask("GET", "/v1/containers/theirs", "").path("desired").asText()).isEqualTo("down");
    done("rm", "-f", "theirs", "bad", "ours");
  }

  private static String compose(String word) throws Exception {
    return Files.writeString(
            folder.resolve("compose.yaml"),
            """
            services:
              one:
                image: %1$s
                entrypoint: [sh, -c, "echo %2$s; trap 'exit 0' TERM; sleep 1000 & wait"]
                volumes: ["data:/data"]
              two:
                image: %1$s
                entrypoint: [sh, -c, "echo second; trap 'exit 0' TERM; sleep 1000 & wait"]
            volumes: {data: {}}
            """
                .formatted(Dockerd.BUSYBOX, word))
        .toString();
  }

  @Test
  void takesAStackThroughItsLife() throws Exception {
    assertThat(done("stack", "create", "pair", "-f", compose("first"))).contains("pair is up");
    assertThat(done("stack", "ls")).contains("pair").contains("ok");
    assertThat(done("stack", "show", "pair")).contains("one").contains("two");
    assertThat(done("stack", "logs", "pair")).contains("one | first").contains("two | second");
    assertThat(done("stack", "logs", "--service", "two", "pair")).doesNotContain("first");
    Shell follower = new Shell(rig.socket());
    Thread following = new Thread(() -> follower.run("stack", "logs", "-f", "pair"));
    following.start();
    await()
        .atMost(LONG)
        .until(() -> follower.out().contains("one | first") && follower.out().contains("two |"));

    done("stack", "update", "pair", "-f", compose("changed"));
    assertThat(done("stack", "logs", "--service", "one", "pair")).contains("one | changed");
    assertThat(done("backup", "ls").lines().filter(line -> line.startsWith("pair_"))).hasSize(1);
    done("stack", "rollback", "--no-backup", "pair", "1");
    assertThat(done("stack", "logs", "--service", "one", "pair")).contains("one | first");
    assertThat(done("backup", "ls").lines().filter(line -> line.startsWith("pair_"))).hasSize(1);
    assertThat(done("stack", "versions", "pair").lines()).hasSize(3);

    done("stack", "rm", "--data", "pair");
    following.join(LONG.toMillis());
    assertThat(following.isAlive()).isFalse();
    assertThat(follower.err()).isEmpty();
    assertThat(done("volumes")).doesNotContain("pair_data");
  }

  @Test
  void takesAComposeFileOfUpToHalfAMebibyte() throws Exception {
    String text = "services: {a: {image: x}}\n";
    Path file = folder.resolve("large.yaml");
    // A line of which JSON makes twice as much.
    Files.writeString(file, text + "#\"\n".repeat((512 * 1024 - text.length()) / 3));

    done("stack", "validate", "large", "-f", file.toString());

    Files.writeString(file, text + "#" + "x".repeat(512 * 1024));
    assertThat(shell.run("stack", "validate", "large", "-f", file.toString())).isEqualTo(1);
    assertThat(shell.err()).contains("at most 512 kB");
    assertThat(refusal("/v1/stacks/large/validate", 3 << 20)).contains("at most 2097152 bytes");
    assertThat(refusal("/v1/images", 3 << 20)).contains("at most 65536 bytes");
  }

  /** Only says how much it would send: who sends on while it is refused may lose the answer. */
  private static String refusal(String path, int bytes) throws Exception {
    String head =
        """
        POST %s HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Connection: close
        Content-Type: application/json
        Content-Length: %d

        """;
    return RawHttp.tcp(rig.port())
        .raw(head.formatted(path, rig.token(Role.ADMIN), bytes).replace("\n", "\r\n"))
        .json()
        .path("detail")
        .asText();
  }

  @Test
  void getsNoImageOntoAFullDisk(@TempDir Path other) throws Exception {
    String config =
        "containers: {engine: '%s', backups: {keep_free: 900000g}}".formatted(dockerd.host());
    try (ApiRig full = new ApiRig(other, "", config)) {
      Shell there = new Shell(full.socket());
      dockerd.push(IMAGE, 1);
      assertThat(there.run("pull", IMAGE)).isEqualTo(1);
      assertThat(there.err()).contains("must stay free");
      assertThat(there.run("run", "--name", "full", IMAGE, "sleep", "1")).isEqualTo(1);
      assertThat(there.run("pull", "--force", IMAGE)).isZero();
      dockerd.docker("rmi", IMAGE);
    }
  }
}
