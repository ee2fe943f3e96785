package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.Dockerd;
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
}
