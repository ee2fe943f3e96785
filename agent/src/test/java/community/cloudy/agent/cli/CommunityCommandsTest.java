package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that speak to the community: distances, tags, events, queries and keys. */
@Timeout(60)
final class CommunityCommandsTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODw==";

  @TempDir private Path folder;
  private ApiRig rig;
  private FakeCommunity community;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    community = rig.community();
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void spread() {
    community.set("cellar", MemberStatus.ALIVE, Map.of());
    community.set("roof", MemberStatus.FAILED, Map.of());
    community.locate("attic", Duration.ZERO);
    community.locate("roof", Duration.ofMillis(7));
  }

  @Test
  void listsTheNearestFirst() {
    spread();

    assertThat(shell.run("members", "--near")).isZero();
    assertThat(shell.run("members", "--near=roof", "--status", "failed")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            NAME    RTT      ADDRESS        STATUS  TAGS
            attic   0.00 ms  10.0.0.1:7946  alive   role=proxy
            roof    7.00 ms  10.0.0.3:7946  failed
            cellar           10.0.0.2:7946  alive
            NAME  RTT      ADDRESS        STATUS  TAGS
            roof  0.00 ms  10.0.0.3:7946  failed
            """);
  }

  @Test
  void tellsRoundTrips() {
    spread();

    assertThat(shell.run("rtt", "roof")).isZero();
    assertThat(shell.run("rtt", "attic", "roof", "-o", "json")).isZero();
    assertThat(shell.out())
        .startsWith("attic to roof and back: 7.00 ms\n")
        .contains("\"from\" : \"roof\"", "\"to\" : \"attic\"", "\"rtt_ms\" : 7.0");
  }

  @Test
  void saysWhyThereIsNoRoundTrip() {
    spread();

    assertThat(shell.run("rtt", "cellar")).isEqualTo(1);
    assertThat(shell.run("rtt", "nobody")).isEqualTo(1);
    assertThat(shell.run("rtt", "attic", "nobody")).isEqualTo(1);
    assertThat(shell.err().lines())
        .containsExactly(
            "The round trip between attic and cellar is not known yet: they have not exchanged"
                + " enough.",
            "There is no member nobody.",
            "near is no member's name");
  }

  @Test
  void showsAndChangesTags() {
    assertThat(shell.run("tags")).isZero();
    assertThat(shell.run("tags", "--set", "a=b=c", "--remove", "role", "--remove", "x")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            TAG   VALUE
            role  proxy
            TAG  VALUE
            a    b=c
            """);
    assertThat(community.asked()).containsExactly("tags {a=b=c} without [role, x]");
  }

  @Test
  void sendsEvents() {
    assertThat(shell.run("event", "deploy", "1.2", "--coalesce")).isZero();
    assertThat(shell.run("event", "stop")).isZero();
    assertThat(shell.run("event", "long", "x".repeat(600))).isEqualTo(1);

    assertThat(community.asked()).containsExactly("event deploy 1.2 true", "event stop  false");
    assertThat(shell.out()).startsWith("Event deploy is on its way.\n");
    assertThat(shell.err()).contains("512 bytes");
  }

  private CompletableFuture<Integer> inBackground(String... arguments) {
    return CompletableFuture.supplyAsync(() -> shell.run(arguments));
  }

  private void awaitQuestion() {
    while (community.asked().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void printsAnswersAsTheyCome() throws Exception {
    CompletableFuture<Integer> exit = inBackground("query", "load", "x");
    awaitQuestion();

    community.listener().acknowledged("attic");
    shell.awaitOut("Ack from attic\n");
    community.listener().answered("attic", Bytes.utf8("low\u001b[2J\n"));
    shell.awaitOut("attic: low\ufffd[2J\n");
    assertThat(exit).isNotDone();
    community.listener().finished();

    assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(shell.out()).endsWith("1 answered, 1 acknowledged.\n");
  }

  @Test
  void printsAnswersAsOneJsonObjectALine() throws Exception {
    CompletableFuture<Integer> exit = inBackground("query", "load", "-o", "json");
    awaitQuestion();
    community.listener().answered("attic", Bytes.utf8("low"));
    community.listener().finished();

    assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(shell.out().lines())
        .containsExactly(
            "{\"type\":\"response\",\"node\":\"attic\",\"payload\":\"low\","
                + "\"payload_base64\":\"bG93\"}",
            "{\"type\":\"done\",\"acks\":0,\"responses\":1,\"lost\":0}");
  }

  @Test
  void passesTheWholeQuestionOn() throws Exception {
    CompletableFuture<Integer> exit =
        inBackground(
            ("query load x --node a --node b --tag role=^p --tag c=d --no-ack --relay-factor 2"
                    + " --timeout 5s")
                .split(" "));
    awaitQuestion();
    community.listener().finished();

    assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(community.asked())
        .containsExactly(
            new QueryRequest(
                    "load",
                    Bytes.utf8("x"),
                    List.of("a", "b"),
                    Map.of("role", "^p", "c", "d"),
                    false,
                    2,
                    Optional.of(Duration.ofSeconds(5)))
                .toString());
  }

  @Test
  void saysThatAQuestionWasCutShort() throws Exception {
    CompletableFuture<Integer> exit = inBackground("query", "load");
    awaitQuestion();
    rig.awaitFollowing(1);

    rig.close();

    assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(shell.err()).contains("before the question's time was over");
  }

  @Test
  void saysWhyAQuestionWasRefused() {
    assertThat(shell.run("query", "_serf_ping")).isEqualTo(1);
    assertThat(shell.run("query", "load", "--timeout", "soon")).isEqualTo(1);
    assertThat(shell.err()).contains("must not begin with _serf_", "must be a time such as 30s");
  }

  @Test
  void answersQuestions() {
    assertThat(shell.run("answer", "7-1", "low")).isZero();
    assertThat(shell.run("answer", "a/b c")).isEqualTo(1);
    assertThat(community.asked()).containsExactly("answer 7-1 low");
  }

  @Test
  void listsKeys() {
    community.report(
        new KeyReport(3, 2, 1, Map.of("roof", "no \u001b"), Map.of(KEY, 1), Map.of(KEY, 1)));

    assertThat(shell.run("keys", "list")).isEqualTo(1);
    assertThat(shell.out())
        .isEqualTo(
            """
            KEY                       NODES  PRIMARY
            AAECAwQFBgcICQoLDA0ODw==  1/3    1/3
            """);
    assertThat(shell.err())
        .isEqualTo("roof: no \ufffd\nOf 3 nodes 2 answered, 1 of them that they failed.\n");
  }

  @Test
  void readsKeysFromStandardInputAFileOrItsArguments() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    shell.types(KEY + "\n");

    assertThat(shell.run("keys", "install")).isZero();
    assertThat(shell.run("keys", "use", "--file", file.toString())).isZero();
    assertThat(shell.run("keys", "remove", KEY)).isZero();

    assertThat(community.asked())
        .containsExactly("install key of 16", "use key of 16", "remove key of 16");
    assertThat(shell.out())
        .isEqualTo(
            """
            All 1 nodes accept the key.
            All 1 nodes encrypt with the key.
            All 1 nodes have forgotten the key.
            """);
    assertThat(shell.err()).contains("forgets the change when it restarts");
  }

  @Test
  void saysWhichNodesDidNotChangeTheirKeys() {
    community.report(new KeyReport(2, 2, 1, Map.of("roof", "disk full"), Map.of(), Map.of()));

    assertThat(shell.run("keys", "install", KEY)).isEqualTo(1);
    assertThat(shell.err()).contains("they failed; roof: disk full.").doesNotContain(KEY);
  }

  @Test
  void saysThatThereIsNoKey() {
    assertThat(shell.run("keys", "install")).isEqualTo(2);
    assertThat(shell.run("keys", "use", KEY, "--file", "x")).isEqualTo(2);
    assertThat(shell.run("keys", "use", "--file", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(community.asked()).isEmpty();
  }

  @Test
  void warnsOfKeysInArguments() {
    assertThat(shell.run("keys", "install", "--help")).isZero();
    assertThat(shell.out()).contains("whoever runs ps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event",
        "query",
        "answer",
        "rtt",
        "rtt a b c",
        "keys",
        "keys rotate",
        "query a --relay-factor x",
        "query a --tag b",
        "tags --set a",
      })
  void refusesWrongUse(String line) {
    assertThat(shell.run(line.split(" "))).isEqualTo(2);
    assertThat(shell.err()).isNotEmpty();
    assertThat(community.asked()).isEmpty();
  }
}
