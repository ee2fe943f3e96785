package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class MonitorTest {
  @TempDir private Path folder;
  private final List<Thread> running = new ArrayList<>();
  private final AtomicInteger exit = new AtomicInteger(-1);
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Thread thread : running) {
      thread.interrupt();
      thread.join();
    }
    rig.close();
  }

  private void monitor(String... options) {
    List<String> arguments = new ArrayList<>(List.of("monitor"));
    arguments.addAll(List.of(options));
    Thread thread = new Thread(() -> exit.set(shell.run(arguments.toArray(String[]::new))));
    running.add(thread);
    thread.start();
    rig.awaitFollowing(1);
  }

  private static ObjectNode user(String payload) {
    return Json.object().put("name", "deploy").put("payload", payload);
  }

  @Test
  void printsALineForEachEvent() {
    monitor();

    rig.events()
        .publish(
            EventType.MEMBER_JOIN,
            Json.object().put("name", "roof").put("address", "10.0.0.2:7946"));
    rig.events().publish(EventType.USER, user("1\u001b[2J\n2"));
    rig.events()
        .publish(
            EventType.QUERY,
            Json.object().put("id", "7-1").put("name", "load").put("source", "cellar"));
    rig.events().publish(EventType.NAME_LOST, Json.object().put("name", "attic"));

    shell.awaitOut("name-lost");
    assertThat(shell.out())
        .isEqualTo(
            """
            1970-01-01T00:00:00Z member-join   roof 10.0.0.2:7946
            1970-01-01T00:00:00Z user          deploy 1\ufffd[2J\ufffd2
            1970-01-01T00:00:00Z query         load from cellar, id 7-1
            1970-01-01T00:00:00Z name-lost     {"name":"attic"}
            """);
  }

  @Test
  void printsJsonForPrograms() {
    monitor("-o", "json", "--type", "user");

    rig.events().publish(EventType.NAME_LOST, Json.object());
    rig.publish("deploy");

    shell.awaitOut("\n");
    assertThat(shell.out())
        .matches("\\{\"id\":\"[0-9a-f]{8}-2\",\"time\":.*\"type\":\"user\",.*}\n")
        .contains("\"data\":{\"name\":\"deploy\"}");
  }

  @Test
  void findsTheAgentAgainAndMissesNothing() throws IOException {
    monitor();
    rig.events().publish(EventType.USER, user("before"));
    shell.awaitOut("before");

    rig.stop();
    shell.awaitErr("Lost the agent");
    rig.events().publish(EventType.USER, user("meanwhile"));
    rig.restart();

    shell.awaitOut("meanwhile");
    assertThat(shell.err().lines()).hasSize(2).last().isEqualTo("The agent is back.");
    rig.events().publish(EventType.USER, user("after"));
    shell.awaitOut("after");
    assertThat(shell.out().lines()).hasSize(3);
  }

  @Test
  void endsWhenItIsInterrupted() throws InterruptedException {
    monitor();

    running.get(0).interrupt();
    running.get(0).join();

    assertThat(exit).hasValue(0);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void doesNotWaitForAnAgentThatWasNeverThere() {
    rig.stop();

    assertThat(shell.run("monitor")).isEqualTo(3);
    assertThat(shell.err()).startsWith("Could not reach the agent");
  }

  @Test
  void saysWhichTypesThereAre() {
    assertThat(shell.run("monitor", "--type", "member-gone")).isEqualTo(1);
    assertThat(shell.err()).contains("must be one of member-join,");
  }
}
