package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.api.ApiServer;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.gossip.serf.MemberStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudyTest {
  @TempDir private Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private final List<ConfigFiles> started = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ApiServer server;

  @BeforeEach
  void startServer() throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(file, "api: {listen: 127.0.0.1:0, socket: " + folder + "/sock}\n");
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    server = ApiServer.start(ApiRig.node(config, community, changes, folder));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private int cloudy(String... arguments) {
    AgentRunner agent =
        new AgentRunner() {
          @Override
          public int run(ConfigFiles files) {
            started.add(files);
            return 0;
          }

          @Override
          public int rehearse(boolean idle) {
            return 0;
          }
        };
    return Cloudy.run(
        "1.2",
        agent,
        Map.of("CLOUDY_API", "unix:" + folder.resolve("sock")),
        InputStream.nullInputStream(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  @Test
  void listsMembersInColumns() {
    community.set("cellar", MemberStatus.FAILED, Map.of("a", "b", "c", "d"));

    assertThat(cloudy("members")).isZero();
    assertThat(out)
        .hasToString(
            """
            NAME    ADDRESS        STATUS  TAGS
            attic   10.0.0.1:7946  alive   role=proxy
            cellar  10.0.0.2:7946  failed  a=b,c=d
            """);
  }

  @Test
  void asksForTheMembersThatAreWanted() {
    community.set("cellar", MemberStatus.FAILED, Map.of("a&b", "c d=e"));

    assertThat(cloudy("members", "--status", "failed", "--tag", "a&b=c d=e", "-o", "json"))
        .isZero();
    assertThat(out.toString()).contains("\"total\" : 1").contains("\"cellar\"");
  }

  @Test
  void neverLetsAMemberMoveTheCursor() {
    community.set("evil\u001b[2J\n", MemberStatus.ALIVE, Map.of("t", "\u202e"));

    cloudy("members");

    assertThat(out.toString())
        .contains("evil\ufffd[2J\ufffd")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void saysOverTcpThatItIsNotKnown() {
    assertThat(cloudy("members", "--api", "http://127.0.0.1:" + server.port().orElseThrow()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("does not know who you are").contains("cloudy login");
  }

  @Test
  void joins() {
    assertThat(cloudy("join", "--ignore-old-events", "a", "b:1")).isZero();
    assertThat(out).hasToString("Joined 2 of 2.\n");
    assertThat(community.asked()).containsExactly("join [a, b:1] true");
  }

  @Test
  void passesOnWhyItWasRefused() {
    assertThat(cloudy("join", "nowhere")).isEqualTo(1);
    assertThat(err).hasToString("Could not join nowhere: no such host.\n");
  }

  @Test
  void leavesAndForcesOthersToLeave() {
    assertThat(cloudy("force-leave", "--prune", "cellar")).isZero();
    assertThat(cloudy("leave")).isZero();
    assertThat(community.asked()).containsExactly("force-leave cellar true", "leave");
  }

  @Test
  void saysThatTheAgentCannotBeReached() {
    assertThat(cloudy("members", "--api", "unix:" + folder.resolve("none"))).isEqualTo(3);
    assertThat(err.toString()).startsWith("Could not reach the agent at unix:").contains("--api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "config",
        "join",
        "members --colour red",
        "members -o xml",
        "members --api ftp://x",
        "members --api http://x",
      })
  void refusesWrongUse(String line) {
    assertThat(cloudy(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotEmpty();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void makesKeysOf32Bytes() {
    assertThat(cloudy("keygen")).isZero();
    assertThat(Base64.getDecoder().decode(out.toString().strip())).hasSize(32);
  }

  @Test
  void migratesIntoAFileThatIsNotThereYet() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("old/etc"));
    Files.writeString(etc.resolve("avahi-ps-serf.conf"), "SERF_BIND=5000\nSERF_LOG=/x\n");
    String[] line = {
      "migrate",
      "--from",
      folder.resolve("old").toString(),
      "--out",
      folder.resolve("new").toString()
    };

    assertThat(cloudy(line)).isZero();
    assertThat(err.toString())
        .containsPattern("etc/avahi-ps-serf.conf\\s+SERF_BIND\\s+yes\\s+gossip.bind")
        .containsPattern("SERF_LOG\\s+no\\s+the agent's log");
    assertThat(folder.resolve("new")).content().contains("bind: 0.0.0.0:5000");
    assertThat(cloudy(line)).isEqualTo(1);
    assertThat(err.toString()).contains("is there already");
  }

  @Test
  void checksAConfiguration() throws IOException {
    Path good = Files.writeString(folder.resolve("good.yaml"), "log: {level: debug}\n");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "log: {level: loud}\nx: 1\n");

    assertThat(cloudy("config", "check", "--config", good.toString())).isZero();
    assertThat(cloudy("config", "check", "--config", bad.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            bad + ":1:14: log.level must be one of error, warn, info, debug, trace, not loud.",
            bad
                + ":2:1: unknown key x. Known here: api, auth, containers, discovery, gossip, log, node,"
                + " plugins, services.");
  }

  @Test
  void handsItsConfigurationToTheAgent() {
    ConfigFiles files = new ConfigFiles(Optional.of(Path.of("c.yaml")), List.of("a.b=1", "c=2"));

    assertThat(cloudy("agent", "--config", "c.yaml", "--set", "a.b=1", "--set", "c=2")).isZero();
    assertThat(cloudy("agent", "--set=a.b=1", "--config=c.yaml", "--set=c=2")).isZero();
    assertThat(cloudy("agent")).isZero();
    assertThat(started).containsExactly(files, files, new ConfigFiles(Optional.empty(), List.of()));
  }

  @Test
  void explainsWhatIsWrongWithAnAgentsOptions() {
    assertThat(cloudy("agent", "--set")).isEqualTo(2);
    assertThat(cloudy("agent", "--config", "a.yaml", "--config", "b.yaml")).isEqualTo(2);
    assertThat(cloudy("agent", "--config", "--set", "a=b")).isEqualTo(2);
    assertThat(cloudy("agent", "a.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter", "should be specified only");
    assertThat(cloudy("agent", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: cloudy agent");
    assertThat(started).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(cloudy("version")).isZero();
    assertThat(cloudy("version", "-o", "json")).isZero();
    assertThat(out.toString()).startsWith("cloudy 1.2\n").contains("\"version\" : \"1.2\"");
  }
}
