package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Net-SNMP's snmpd, and snmpsim as a switch of 48 ports and a radio. */
final class SnmpdIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private int port;
  private Bed bed = new Bed();

  @BeforeEach
  void open() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    secret("right", "authpass1234");
    secret("wrong", "wrongpass1234");
    secret("private", "privpass1234");
    secret("community", "s3cr3t-community");
  }

  @AfterEach
  void stop() throws InterruptedException {
    bed.close();
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private void secret(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text + "\n");
  }

  private CredentialSettings credential(String json) throws IOException {
    String whole =
        json.replace('\'', '"').replace("@", folder + "/").replace("}", ",\"port\":" + port + "}");
    return Settings.bind(CredentialSettings.class, JSON.readTree(whole));
  }

  private void run(Map<String, String> environment, List<String> argv) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    processes.add(builder.start());
  }

  private void snmpd() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/snmpd")), "needs snmpd");
    String conf =
        """
        agentAddress udp:127.0.0.1:%d
        rocommunity s3cr3t-community 127.0.0.0/8
        createUser cloudy SHA-256 authpass1234 AES privpass1234
        rouser cloudy priv
        agentXSocket tcp:127.0.0.1:%d
        """
            .formatted(port, port);
    Files.writeString(folder.resolve("snmpd.conf"), conf);
    run(
        Map.of("SNMP_PERSISTENT_DIR", folder.resolve("state").toString()),
        List.of(
            "/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c", folder.resolve("snmpd.conf").toString()));
  }

  private void assertAnswers(String id) {
    await()
        .atMost(PATIENCE)
        .until(() -> bed.state(id).condition() == DeviceState.Condition.ANSWERS);
  }

  private void assertRefused(String id, String why) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(bed.state(id).why()).contains(why));
  }

  @Test
  void answersByBothVersionsAndSaysWhyNot() throws IOException {
    snmpd();
    String v3 =
        "{'name':'%s','version':'3','user':'%s','auth_password_file':'@%s',"
            + "'priv_password_file':'@%s'}";
    bed =
        new Bed(
            credential("{'name':'v2c','community_file':'@community'}"),
            credential("{'name':'other'}"),
            credential(v3.formatted("v3", "cloudy", "right", "private")),
            credential(v3.formatted("user", "nobody", "right", "private")),
            credential(v3.formatted("digest", "cloudy", "wrong", "private")),
            credential(v3.formatted("key", "cloudy", "right", "wrong")),
            credential(
                "{'name':'level','version':'3','user':'cloudy','auth_password_file':'@right'}"),
            credential("{'name':'missing','community_file':'@nothing'}"));
    for (String name : List.of("v2c", "other", "v3", "user", "digest", "key", "level", "missing")) {
      bed.with(name, "127.0.0.1", name);
    }
    bed.start();
    assertAnswers("v2c");
    assertAnswers("v3");
    assertRefused("user", "does not know the user");
    assertRefused("digest", "password for signing is wrong");
    assertRefused("key", "password for encrypting");
    assertRefused("level", "demands signing and encrypting");
    assertRefused("missing", "cannot be read");
    assertRefused("other", "no answer");
    assertThat(bed.poller.states().toString() + bed.poller.test("digest"))
        .doesNotContain("authpass", "privpass", "wrongpass", "s3cr3t");
    await().atMost(PATIENCE).until(() -> !bed.traffic("v3").isEmpty());
    assertThat(bed.state("v3").ports()).anyMatch(p -> p.name().orElse("").equals("lo"));
  }

  @Test
  void aTestRightAfterOtherSettingsAsksByThem() throws IOException {
    snmpd();
    bed = new Bed(credential("{'name':'v2c'}")).with("here", "127.0.0.1", "v2c").start();
    await()
        .atMost(PATIENCE)
        .until(() -> bed.state("here").condition() != DeviceState.Condition.UNKNOWN);
    bed.poller.reload(
        Bed.SETTINGS,
        List.of(credential("{'name':'v2c','community_file':'@community'}")),
        Bed.INTERVAL);
    assertThat(bed.poller.test("here")).allMatch(Step::ok).hasSizeGreaterThan(4);
  }

  @Test
  void asksOnByVersion3AfterTheDeviceBeganAnew() throws IOException, InterruptedException {
    snmpd();
    bed =
        new Bed(
            credential(
                "{'name':'v3','version':'3','user':'cloudy','auth_password_file':'@right',"
                    + "'priv_password_file':'@private'}"));
    bed.with("v3", "127.0.0.1", "v3").start();
    assertAnswers("v3");
    processes.get(0).destroy();
    processes.get(0).waitFor();
    await()
        .atMost(PATIENCE)
        .until(() -> bed.state("v3").condition() == DeviceState.Condition.SILENT);
    snmpd();
    assertAnswers("v3");
  }

  @Test
  void measuresASwitchAndARadioThatAreSimulated() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/snmpsimd")), "needs snmpsim");
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("public.snmprec"), String.join("\n", records()) + "\n");
    for (String sub : List.of("cache", "data")) {
      Files.createDirectories(folder.resolve(sub));
      Files.setPosixFilePermissions(
          folder.resolve(sub), PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    List<String> argv = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      argv.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
    }
    argv.addAll(
        List.of(
            "/usr/bin/snmpsimd",
            "--agent-udpv4-endpoint=127.0.0.1:" + port,
            "--data-dir=" + data,
            "--cache-dir=" + folder.resolve("cache"),
            "--variation-modules-dir=/usr/share/snmpsim/variation"));
    run(Map.of("HOME", folder.toString()), argv);
    bed = new Bed(credential("{'name':'v2c'}")).with("switch", "127.0.0.1", "v2c").start();
    await().atMost(PATIENCE).until(() -> bed.traffic("switch").size() >= 48 * 2);
    List<Sample.Traffic> all = bed.traffic("switch");
    for (Sample.Traffic traffic : all.subList(all.size() - 48, all.size())) {
      double expected = 100_000.0 * traffic.port();
      assertThat(traffic.in()).isCloseTo(expected, within(expected / 100));
    }
    assertThat(bed.samples)
        .filteredOn(Sample.Wireless.class::isInstance)
        .map(sample -> (Sample.Wireless) sample)
        .anySatisfy(
            radio -> {
              assertThat(radio.port()).isEqualTo(48);
              assertThat(radio.signal()).isEqualTo(-61.0);
              assertThat(radio.clients()).isEqualTo(9.0);
            });
  }

  private static List<String> records() {
    List<String> records = new ArrayList<>();
    records.add("1.3.6.1.2.1.1.3.0|67:numeric|rate=100");
    records.add("1.3.6.1.2.1.1.5.0|4|switch");
    records.add("1.3.6.1.2.1.2.1.0|2|48");
    column(records, "1.3.6.1.2.1.2.2.1.2", "4|port %d");
    column(records, "1.3.6.1.2.1.2.2.1.3", "2|6");
    column(records, "1.3.6.1.2.1.31.1.1.1.1", "4|ge%d");
    String rising = "70:numeric|rate=%d00000,offset=1099511627776";
    column(records, "1.3.6.1.2.1.31.1.1.1.6", rising);
    column(records, "1.3.6.1.2.1.31.1.1.1.10", rising);
    column(records, "1.3.6.1.2.1.31.1.1.1.15", "66|1000");
    records.add("1.3.6.1.4.1.14988.1.1.1.1.1.4.48|2|-61");
    records.add("1.3.6.1.4.1.14988.1.1.1.3.1.6.48|66|9");
    return records;
  }

  private static void column(List<String> records, String oid, String value) {
    for (int i = 1; i <= 48; i++) {
      records.add(oid + "." + i + "|" + value.formatted(i));
    }
  }
}
