package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Exec;
import community.cloudy.containers.Progress;
import community.cloudy.containers.policy.Grant;
import community.cloudy.containers.policy.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks with the real engine and the real Compose. */
final class StacksIT {
  @TempDir static Path engineFolder;
  private static Dockerd dockerd;

  @TempDir Path root;
  private StacksRig rig;

  @BeforeAll
  static void startEngine() throws Exception {
    dockerd = Dockerd.start(engineFolder);
  }

  @AfterAll
  static void stopEngine() throws IOException {
    if (dockerd != null) {
      dockerd.close();
    }
  }

  @BeforeEach
  void open() {
    rig = new StacksRig(dockerd.socket(), root);
  }

  @AfterEach
  void close() {
    for (Stack stack : rig.stacks.list()) {
      if (stack.managed()) {
        rig.stacks.remove(stack.name(), false, Progress.NONE);
      }
    }
    rig.close();
  }

  private static final String SITE =
      """
      services:
        web:
          image: %1$s
          entrypoint: [httpd, -f, -p, "8080", -h, /data]
          ports: ["8080:8080"]
          environment: {TITLE: "${TITLE}"}
          volumes: ["data:/data"]
          networks: [front]
          secrets: [word]
          healthcheck:
            test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/"]
            interval: 1s
            retries: 20
          depends_on: [fill]
        fill:
          image: %1$s
          command: sh -c 'cp /run/secrets/word /data/index.html'
          volumes: ["data:/data"]
          secrets: [word]
        idle:
          image: %1$s
          entrypoint: [sleep, "1000"]
          mem_limit: 32m
          networks: [front]
      networks: {front: {}}
      volumes: {data: {}}
      secrets: {word: {file: ./secrets/word}}
      """
          .formatted(Dockerd.BUSYBOX);

  @Test
  void threeServicesComeUpWithinTheirLimits() throws Exception {
    StackFiles files =
        StackFiles.of(SITE).with(".env", "TITLE=Hello\n").with("secrets/word", "sesame");

    rig.stacks.create("site", files, "ana", Progress.NONE);

    Stack stack = rig.stacks.get("site");
    assertThat(stack.applied()).isEqualTo(1);
    assertThat(stack.changed()).isFalse();
    assertThat(stack.problem()).isEmpty();
    assertThat(stack.services().orElseThrow())
        .extracting(s -> s.name() + " " + s.state())
        .containsExactly("fill DONE", "idle OK", "web OK");
    String web = container(stack, "web");
    assertThat(dockerd.docker("exec", web, "env")).contains("TITLE=Hello");
    assertThat(dockerd.docker("exec", web, "cat", "/run/secrets/word")).isEqualTo("sesame");
    assertThat(dockerd.inside("wget", "-qO-", "http://127.0.0.1:8080/")).isEqualTo("sesame");
    assertThat(dockerd.docker("port", web)).isEqualTo("8080/tcp -> 127.0.0.1:8080");
    assertThat(
            dockerd.docker(
                "inspect",
                "-f",
                "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"
                    + " {{.HostConfig.SecurityOpt}} {{.HostConfig.LogConfig.Config}}",
                web))
        .isEqualTo(
            "536870912 1000000000 256 [no-new-privileges:true] map[max-file:3 max-size:10m]");
    assertThat(dockerd.cgroup(container(stack, "idle"), "memory", "memory.limit_in_bytes"))
        .isEqualTo(Long.toString(32L << 20));
    assertThat(mode("site/.env")).isEqualTo("rw-------");
    assertThat(mode("site/secrets/word")).isEqualTo("rw-------");
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file)));
  }

  private static String container(Stack stack, String service) {
    return stack.services().orElseThrow().stream()
        .filter(s -> s.name().equals(service))
        .flatMap(s -> s.containers().stream())
        .findFirst()
        .orElseThrow()
        .id();
  }

  private String arguments(String stack) throws Exception {
    String id = container(rig.stacks.get(stack), "main");
    return dockerd.docker("inspect", "-f", "{{.Config.Entrypoint}} {{.State.Running}}", id);
  }

  @Test
  void anUpdateThatDoesNotBecomeWellIsTakenBack() throws Exception {
    rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
    String sick = "healthcheck: {test: [CMD, \"false\"], interval: 1s, retries: 1}";

    assertThatThrownBy(
            () ->
                rig.stacks.update(
                    "s", StacksRig.sleeper("two", sick), Optional.empty(), "ana", Progress.NONE))
        .hasMessageContaining("the service main is")
        .hasMessageContaining("unhealthy")
        .hasMessageContaining("Version 1 is back")
        .hasMessageContaining("version 2");

    assertThat(arguments("s")).contains("one").endsWith("true");
    Stack stack = rig.stacks.get("s");
    assertThat(stack.applied()).isEqualTo(1);
    assertThat(stack.changed()).isFalse();
    assertThat(stack.problem()).contains("unhealthy");
    assertThat(rig.stacks.versions("s"))
        .extracting(Version::outcome)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("applied"),
            second -> assertThat(second).contains("unhealthy"));
  }

  @Test
  void aFileEditedByHandIsSeenAndAppliedOnRequest() throws Exception {
    rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
    Path file = root.resolve("s/compose.yaml");
    Files.writeString(file, Files.readString(file).replace("one", "two"));

    assertThat(rig.stacks.get("s").changed()).isTrue();
    assertThat(arguments("s")).contains("one");

    rig.stacks.apply("s", "ana", Progress.NONE);

    assertThat(rig.stacks.get("s").changed()).isFalse();
    assertThat(arguments("s")).contains("two");

    rig.stacks.rollback("s", 1, "ana", Progress.NONE);

    assertThat(arguments("s")).contains("one");
    assertThat(Files.readString(file)).contains("one");
  }

  @Test
  void anEditMeanwhileIsNotOverwritten() throws Exception {
    rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
    String hash = rig.stacks.get("s").hash();
    Files.writeString(root.resolve("s/.env"), "A=1\n");

    assertThatThrownBy(
            () ->
                rig.stacks.update(
                    "s", StacksRig.sleeper("two", ""), Optional.of(hash), "ana", Progress.NONE))
        .hasMessageContaining("changed meanwhile");
  }

  @Test
  void whatIsSwappedBetweenTheLookAndTheStartDoesNotRun() throws Exception {
    Path mine = root.resolve("s/compose.yaml");
    Progress swap =
        (step, done, total) -> {
          if (step.equals("make the containers")) {
            write(mine, "services: {main: {image: " + Dockerd.BUSYBOX + ", privileged: true}}");
          }
        };

    rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", swap);

    String id = container(rig.stacks.get("s"), "main");
    assertThat(dockerd.docker("inspect", "-f", "{{.HostConfig.Privileged}}", id))
        .isEqualTo("false");
    assertThat(rig.stacks.get("s").changed()).isTrue();
    assertThatThrownBy(() -> rig.stacks.apply("s", "ana", Progress.NONE))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void whatTheEngineMadeOtherwiseIsRemovedBeforeItStarts() throws Exception {
    Path ours = root.resolve(".state/s/versions/000001/run.yaml");
    Progress swap =
        (step, done, total) -> {
          if (step.equals("make the containers")) {
            write(
                ours, read(ours).replace("\"image\":", "\"cap_add\": [SYS_TIME]\n    \"image\":"));
          }
        };

    assertThatThrownBy(() -> rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", swap))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("SYS_TIME");

    assertThat(dockerd.docker("ps", "-aq")).isEmpty();
    assertThat(rig.stacks.get("s").up()).isFalse();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aVolumeOfOthersThatIsABindIsNotMounted() throws Exception {
    dockerd.docker(
        "volume",
        "create",
        "--opt",
        "type=none",
        "--opt",
        "o=bind",
        "--opt",
        "device=/etc",
        "s_data");
    StackFiles files = StacksRig.sleeper("one", "volumes: [\"data:/v\"]");
    String text =
        new String(files.content().get("compose.yaml"), StandardCharsets.UTF_8)
            + "volumes: {data: {}}\n";

    assertThatThrownBy(() -> rig.stacks.create("s", StackFiles.of(text), "ana", Progress.NONE))
        .hasMessageMatching("(?s).*(reaches /etc|[Cc]onfiguration for volume).*");

    assertThat(dockerd.docker("ps", "-q")).isEmpty();
    dockerd.docker("volume", "rm", "-f", "s_data");
  }

  @Test
  void anExceptionIsRecordedAndTakenBack() throws Exception {
    StackFiles files = StacksRig.sleeper("one", "cap_add: [SYS_TIME]");
    assertThatThrownBy(() -> rig.stacks.create("s", files, "jo", Progress.NONE))
        .isInstanceOf(PolicyException.class);

    rig.stacks.grant("s", Grant.parse("cap:SYS_TIME"), "ana");
    rig.stacks.create("s", files, "jo", Progress.NONE);

    assertThat(Files.readString(root.resolve(".state/s/exceptions"))).contains(" ana cap:SYS_TIME");
    rig.stacks.revoke("s", Grant.parse("cap:SYS_TIME"), "ana");
    assertThatThrownBy(() -> rig.stacks.up("s", Progress.NONE)).isInstanceOf(PolicyException.class);
  }

  @Test
  void dataStaysOrGoesAsAsked() throws Exception {
    StackFiles files = StacksRig.sleeper("one", "volumes: [\"data:/v\"]");
    String text =
        new String(files.content().get("compose.yaml"), StandardCharsets.UTF_8)
            + "volumes: {data: {}}\n";
    rig.stacks.create("s", StackFiles.of(text), "ana", Progress.NONE);

    rig.stacks.remove("s", true, Progress.NONE);

    assertThat(dockerd.docker("volume", "ls", "-q")).contains("s_data");
    assertThat(root.resolve("s")).doesNotExist();
    assertThat(root.resolve(".removed")).isNotEmptyDirectory();

    rig.stacks.create("s", StackFiles.of(text), "ana", Progress.NONE);
    rig.stacks.remove("s", false, Progress.NONE);

    assertThat(dockerd.docker("volume", "ls", "-q")).doesNotContain("s_data");
    assertThat(dockerd.docker("ps", "-aq")).isEmpty();
  }

  @Test
  void aStackOfOthersIsShownAndAdopted() throws Exception {
    Path folder = Files.createDirectories(engineFolder.resolve("theirs"));
    Files.write(
        folder.resolve("docker-compose.yml"),
        StacksRig.sleeper("one", "").content().get("compose.yaml"));
    compose(folder, "-p", "theirs", "up", "-d");

    Stack before = rig.stacks.get("theirs");
    assertThat(before.managed()).isFalse();
    assertThat(before.up()).isTrue();
    assertThat(before.folder()).contains(folder);

    rig.stacks.adopt("theirs", "ana");

    Stack after = rig.stacks.get("theirs");
    assertThat(after.managed()).isTrue();
    assertThat(after.changed()).isTrue();
    rig.stacks.apply("theirs", "ana", Progress.NONE);
    String id = container(rig.stacks.get("theirs"), "main");
    assertThat(dockerd.docker("inspect", "-f", "{{.HostConfig.Memory}}", id))
        .isEqualTo("536870912");
    rig.stacks.remove("theirs", false, Progress.NONE);
    assertThat(folder.resolve("docker-compose.yml")).exists();
  }

  private static void compose(Path folder, String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of("env", "-C", folder.toString(), "DOCKER_HOST=" + dockerd.host()));
    command.add("docker-compose");
    command.addAll(List.of(arguments));
    Exec.run(command);
  }
}
