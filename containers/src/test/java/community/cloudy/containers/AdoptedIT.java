package community.cloudy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Grant;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that others made at a real engine, and what becomes of them here. */
final class AdoptedIT {
  /** What lets a container out of its box, as somebody would write it for {@code docker create}. */
  private static final List<List<String>> DANGERS =
      List.of(
          List.of("--privileged"),
          List.of("--network=host"),
          List.of("--network=container:other"),
          List.of("--network=others_net"),
          List.of("--pid=host"),
          List.of("--pid=container:other"),
          List.of("--ipc=host"),
          List.of("--ipc=container:other"),
          List.of("--uts=host"),
          List.of("--userns=host"),
          List.of("--cap-add=SYS_ADMIN"),
          List.of("--cap-add=ALL"),
          List.of("--device=/dev/null:/dev/sda"),
          List.of("--device-cgroup-rule=c 1:1 rwm"),
          List.of("--security-opt=seccomp=unconfined"),
          List.of("--security-opt=systempaths=unconfined"),
          List.of("--sysctl=kernel.msgmax=100"),
          List.of("--volume=/etc:/etc"),
          List.of("--volume=/var/run/docker.sock:/s"),
          List.of("--volume=others_data:/x"),
          List.of("--volume=web_bind:/x"),
          List.of("--mount=type=bind,source=/etc,target=/x,readonly"),
          List.of("--volumes-from=other"),
          List.of("--cgroup-parent=/system.slice"),
          List.of("--memory=900g"),
          List.of("--cpus=1", "--pids-limit=99999"),
          List.of("--memory=64m", "--oom-kill-disable"),
          List.of("--oom-score-adj=-900"),
          List.of("--ulimit=nofile=2000000"),
          List.of("--log-driver=syslog"),
          List.of("--log-opt=max-size=100g"),
          List.of("--publish=192.168.9.9:80:80"),
          List.of("--publish=80:80"));

  @TempDir static Path temp;
  private static Dockerd dockerd;
  private static Engine engine;

  @TempDir Path state;

  @BeforeAll
  static void start() throws Exception {
    dockerd = Dockerd.start(Files.createDirectory(temp.resolve("engine")));
    engine = Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1));
  }

  @AfterAll
  static void stop() throws IOException {
    if (dockerd != null) {
      engine.close();
      dockerd.close();
    }
  }

  @AfterEach
  void removeAll() {
    engine
        .containers()
        .list(java.util.Map.of())
        .forEach(container -> engine.containers().remove(container.id(), true, true));
  }

  private Adopted adopted(Exceptions exceptions) {
    Policy policy = new Policy(Settings.of(Settings.LIMITS, "10.1.2.3", dockerd.socket()));
    return new Adopted(
        state.resolve("adopted.json"),
        engine,
        new Containers(engine, policy),
        name -> exceptions,
        InstantSource.system());
  }

  private static String docker(List<String> options, String verb, String... rest) throws Exception {
    List<String> command = new ArrayList<>(List.of(verb));
    command.addAll(options);
    command.addAll(List.of(rest));
    return dockerd.docker(command.toArray(String[]::new)).lines().reduce((a, b) -> b).orElseThrow();
  }

  private static String sleeper(String... options) throws Exception {
    return docker(List.of(options), "run", "-d", "--name=web", Dockerd.BUSYBOX, "sleep", "1000");
  }

  private static String state(String id) throws Exception {
    return dockerd.docker("inspect", "-f", "{{.State.Status}}", id);
  }

  @Test
  void refusesWhatLeadsOutOfTheBox() throws Exception {
    dockerd.docker("create", "--name=other", Dockerd.BUSYBOX);
    dockerd.docker("network", "create", "others_net");
    dockerd.docker(
        "volume", "create", "--opt=type=none", "--opt=o=bind", "--opt=device=/etc", "web_bind");
    Adopted adopted = adopted(Exceptions.NONE);

    for (List<String> danger : DANGERS) {
      String id = docker(danger, "create", "--name=web", Dockerd.BUSYBOX);

      assertThatThrownBy(() -> adopted.adopt("web", "ana"))
          .as(danger.toString())
          .isInstanceOf(PolicyException.class);
      assertThat(adopted.get(id)).isEmpty();
      dockerd.docker("rm", "web");
    }
  }

  @Test
  void anExceptionIsForTheContainerToo() throws Exception {
    String id = sleeper("--cap-add=SYS_TIME");

    assertThatThrownBy(() -> adopted(Exceptions.NONE).adopt("web", "ana"))
        .hasMessageContaining("SYS_TIME");
    Exceptions allowed = Exceptions.NONE.with(Grant.parse("cap:SYS_TIME"), "ana", Instant.EPOCH);
    adopted(allowed).adopt("web", "ana");
    assertThat(adopted(allowed).get(id)).isPresent();

    dockerd.docker("kill", id);
    adopted(Exceptions.NONE).restore();
    assertThat(state(id)).isEqualTo("exited");
    adopted(allowed).restore();
    assertThat(state(id)).isEqualTo("running");
  }

  @Test
  void whatShouldRunIsStartedAfterAPowerCut() throws Exception {
    String id = sleeper();
    adopted(Exceptions.NONE).adopt("web", "ana");
    dockerd.docker("kill", id);

    Adopted next = adopted(Exceptions.NONE);
    next.restore();
    assertThat(state(id)).isEqualTo("running");

    next.want(id, false);
    dockerd.docker("kill", id);
    adopted(Exceptions.NONE).restore();
    assertThat(state(id)).isEqualTo("exited");
  }

  @Test
  void whatIsGoneIsForgotten() throws Exception {
    String id = sleeper();
    Adopted adopted = adopted(Exceptions.NONE);
    adopted.adopt("web", "ana");
    dockerd.docker("rm", "-f", "web");

    adopted.restore();

    assertThat(adopted.get(id)).isEmpty();
    assertThat(adopted(Exceptions.NONE).get(id)).isEmpty();
  }

  @Test
  void aPartOfAStackIsNotASingleContainer() throws Exception {
    sleeper("--label=com.docker.compose.project=site");

    assertThatThrownBy(() -> adopted(Exceptions.NONE).adopt("web", "ana"))
        .hasMessageContaining("part of a stack");
  }
}
