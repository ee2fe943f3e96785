package community.cloudy.services.spi.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.Workload.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: a small web server of Python's, and programs that misbehave. */
@Timeout(60)
final class ProcessIT {
  private static final Times OFTEN =
      new Times(
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  @TempDir Path folder;
  private Workloads workloads;
  private int port;

  @BeforeEach
  void find() throws IOException {
    workloads = new Workloads("test", folder.resolve("run"), OFTEN, InstantSource.system());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void end() {
    workloads.endAll();
  }

  private ProcessSpec server() {
    return ProcessSpec.of(
        "web",
        List.of(
            "/usr/bin/python3", "-m", "http.server", "--bind", "127.0.0.1", String.valueOf(port)),
        folder);
  }

  private Readiness connects() {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return new Health(Health.State.OK, "connected");
      }
    };
  }

  private Workload program(String text, Readiness ready) {
    return workloads.process(
        ProcessSpec.of("program", List.of("/usr/bin/python3", "-uc", text), folder), ready);
  }

  private static Health fine() {
    return new Health(Health.State.OK, "fine");
  }

  private static long pid(Workload workload) {
    return workload.state().pid().orElseThrow();
  }

  @Test
  void isReadyOnceItIsSeenToWorkAndGoneOnceStopped() {
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      assertThat(web.state().phase()).isEqualTo(Phase.RUNNING);
      ProcessHandle process = ProcessHandle.of(pid(web)).orElseThrow();
      web.stop();
      assertThat(process.isAlive()).isFalse();
      assertThat(web.state().phase()).isEqualTo(Phase.STOPPED);
      assertThatThrownBy(() -> connects().look()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void isStartedAgainAfterItWasKilled() {
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      long first = pid(web);
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await().until(() -> web.state().restarts() == 1);
      web.awaitReady(Duration.ofSeconds(20));
      assertThat(pid(web)).isNotEqualTo(first);
      web.stop();
    }
  }

  @Test
  void saysWhyItEnded() throws Exception {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        Workload web =
            workloads.process(
                server(),
                () -> {
                  throw new IOException("no answer");
                })) {
      assertThat(taken.isBound()).isTrue();
      web.start();
      assertThatThrownBy(() -> web.awaitReady(Duration.ofSeconds(20)))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("ended with code 1")
          .hasMessageContaining("Address already in use");
      await().until(() -> web.state().phase() == Phase.WAITING);
      web.stop();
    }
  }

  @Test
  void saysThatTheProgramIsMissing() {
    ProcessSpec missing = ProcessSpec.of("missing", List.of("/nowhere/program"), folder);
    try (Workload workload = workloads.process(missing, ProcessIT::fine)) {
      workload.start();
      await().until(() -> workload.state().phase() == Phase.WAITING);
      assertThat(workload.state().health().evidence()).contains("/nowhere/program is not there");
      workload.stop();
    }
  }

  @Test
  void goesOnWithoutTheAgentAndIsFoundByTheNext() {
    long first;
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      first = pid(web);
    }
    assertThat(ProcessHandle.of(first)).isPresent();
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      assertThat(pid(web)).isEqualTo(first);
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await().until(() -> web.state().restarts() == 1);
      web.stop();
    }
  }

  @Test
  void isReplacedByTheNextAgentIfItWouldBeStartedOtherwise() {
    long first;
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      first = pid(web);
    }
    ProcessSpec other =
        ProcessSpec.of(
            "web", List.of("/usr/bin/python3", "-m", "http.server", String.valueOf(port)), folder);
    try (Workload web = workloads.process(other, connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      assertThat(pid(web)).isNotEqualTo(first);
      assertThat(ProcessHandle.of(first)).isEmpty();
      web.stop();
    }
  }

  @Test
  void takesDownWhatItHasStarted() {
    String forks =
        """
        import os, signal, time
        child = os.fork()
        if child: print('child', child)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
        """;
    ProcessSpec spec =
        ProcessSpec.of("program", List.of("/usr/bin/python3", "-uc", forks), folder)
            .stopWithin(Duration.ofMillis(500));
    try (Workload stubborn = workloads.process(spec, ProcessIT::fine)) {
      stubborn.start();
      await().until(() -> !stubborn.log(1).isEmpty());
      long child = Long.parseLong(stubborn.log(1).get(0).substring("child ".length()));
      assertThat(ProcessHandle.of(child)).isPresent();
      stubborn.stop();
      await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void hasNoEnvironmentButItsOwnAndNoInput() {
    String says =
        "import os,sys,time; print(sorted(os.environ), sys.stdin.read()); time.sleep(600)";
    try (Workload program = program(says, ProcessIT::fine)) {
      program.start();
      await().until(() -> !program.log(1).isEmpty());
      assertThat(program.log(1)).containsExactly("['HOME', 'LANG', 'PATH'] ");
      program.stop();
    }
  }

  @Test
  void runsWithTheRightsOfAnotherUser() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    String says = "import os,time; print(os.getuid(), os.getgroups()); time.sleep(600)";
    ProcessSpec spec =
        ProcessSpec.of("program", List.of("/usr/bin/python3", "-uc", says), Path.of("/"))
            .as("nobody", List.of());
    try (Workload program = workloads.process(spec, ProcessIT::fine)) {
      program.start();
      await().until(() -> !program.log(1).isEmpty());
      assertThat(program.log(1)).containsExactly("65534 [65534]");
      program.stop();
    }
  }

  @Test
  void keepsItsLogInBounds() throws IOException {
    String floods = "print(('x' * 99 + '\\n') * 30000); import time; time.sleep(600)";
    Path log = folder.resolve("run/program.log");
    try (Workload program = program(floods, ProcessIT::fine)) {
      program.start();
      await().until(() -> Files.exists(folder.resolve("run/program.log.1")));
      await().until(() -> Files.size(log) < 1 << 20);
      program.stop();
    }
  }

  @Test
  void isStartedAnewWhenAsked() {
    try (Workload web = workloads.process(server(), connects())) {
      web.start();
      web.awaitReady(Duration.ofSeconds(20));
      long first = pid(web);
      web.restart();
      await().until(() -> web.state().pid().orElse(first) != first);
      web.awaitReady(Duration.ofSeconds(20));
      assertThat(web.state().restarts()).isZero();
      web.stop();
    }
  }
}
