package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The graph server as its owner runs it: a real snmpd is watched, and all doors tell of it. */
@Timeout(180)
final class GraphsIT {
  private static final Path SNMPD = Path.of("/usr/sbin/snmpd");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Process snmpd;
  private RunningAgent agent;
  private int port;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(SNMPD), "needs snmpd at " + SNMPD);
    int snmp = RunningAgent.freePort();
    port = RunningAgent.freePort();
    Path config = folder.resolve("snmpd.conf");
    Files.writeString(
        config,
        "agentAddress udp:127.0.0.1:%d%nrocommunity hidden-word 127.0.0.1%n".formatted(snmp));
    ProcessBuilder builder =
        new ProcessBuilder(SNMPD.toString(), "-f", "-Lo", "-C", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("snmpd.log").toFile());
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.resolve("snmp").toString());
    snmpd = builder.start();
    Files.writeString(folder.resolve("community"), "hidden-word\n");
    agent =
        RunningAgent.start(
            folder,
            "",
            """
            services:
              graphs:
                enabled: true
                interval: 10s
                credentials: [{name: lab, port: %d, community_file: %s}]
                devices:
                  - {id: here, title: This machine, address: 127.0.0.1, credential: lab, ports: [lo]}
                  - {id: twin, address: 127.0.0.1, credential: lab, ports: [lo]}
                snpservices: {port: %d}
            """
                .formatted(snmp, folder.resolve("community"), port));
  }

  @AfterEach
  void stop() throws Exception {
    if (agent != null) {
      agent.close();
    }
    if (snmpd != null) {
      snmpd.destroy();
      assertThat(snmpd.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String legacy(String query) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/snpservices/%s".formatted(port, query));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void aDeviceIsMeasuredShownDrawnAnnouncedAndItsSecretStaysOne() throws Exception {
    await("a rate is measured")
        .atMost(LONG)
        .until(() -> agent.run("graphs", "show", "here", "-o", "json").output().contains("\"in\""));
    assertThat(agent.run("graphs", "test", "here").output()).contains("counters", "64 bits");
    assertThat(agent.run("graphs", "list").output()).contains("here", "This machine", "answers");
    assertThat(agent.run("graphs", "show", "here").output()).contains("lo in", "bit/s");
    await("it is kept")
        .atMost(LONG)
        .until(
            () ->
                legacy("index.php?call=stats&devices=here").matches("here\\|.*\\|0,\\d+,\\d+\\n"));
    assertThat(legacy("index.php?call=version")).isEqualTo("0.2.3");
    assertThat(agent.run("graphs", "export", "here", "--days", "1").output())
        .startsWith("time,loss,latency\r\n");
    assertThat(agent.run("graphs", "export", "here", "--traffic", "0", "--xml").output())
        .contains("<rrd>", "<step>300</step>");
    await("it is announced")
        .atMost(LONG)
        .until(() -> agent.run("services", "-o", "json").output().contains("snpservice"));
    MetricsReferenceIT.explains(agent, "graphs");
    assertThat(agent.run("module", "config", "graphs").output() + agent.log())
        .doesNotContain("hidden-word");
    assertThat(agent.run("graphs", "add", "other", "127.0.0.9", "--title", "Other").output())
        .contains("Pinging other.", "cloudy graphs show other");
    assertThat(agent.run("graphs", "list").output()).contains("here", "other");
    assertThat(agent.run("module", "config", "graphs", "store.smoke=true").exit()).isZero();
    assertThat(legacy("index.php?call=version")).isEqualTo("0.2.3");
    await("it goes on with other files")
        .atMost(LONG)
        .until(() -> Files.exists(folder.resolve("state/services/graphs/rrdb/here_smoke.rrd")));
  }

  @Test
  void aDeviceThatIsAddedCanBeTestedAtOnceAndAllOfOneAddressAreMeasured() throws Exception {
    assertThat(agent.run("graphs", "add", "again", "127.0.0.1", "--credential", "lab").output())
        .contains("Watching again.", "cloudy graphs test again");
    assertThat(agent.run("graphs", "test", "again").output()).contains("counters", "64 bits");
    await("all are measured")
        .atMost(LONG)
        .untilAsserted(
            () -> {
              for (String id : List.of("here", "twin", "again")) {
                assertThat(agent.run("graphs", "show", id, "-o", "json").output())
                    .contains("\"in\"", "\"latency\"");
              }
            });
  }

  @Test
  void whatIsAddedToAModuleThatIsOffIsSaidToWaitForIt() throws Exception {
    assertThat(agent.run("module", "disable", "graphs").exit()).isZero();
    assertThat(agent.run("graphs", "add", "later", "127.0.0.1").output())
        .contains("later is watched once the module is on: cloudy module enable graphs");
  }
}
