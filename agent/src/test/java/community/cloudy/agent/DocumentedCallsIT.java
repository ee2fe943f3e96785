package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types what documents say of every day: to a node alone, among others, and with a directory. */
@Timeout(180)
final class DocumentedCallsIT {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODw==";
  private static final String PASSWORD = "a long password";

  @TempDir private Path folder;

  @BeforeEach
  void needsCurl() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  @Test
  void theCallsOfTheApiAreAnswered() throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder)) {
      Typist typist = new Typist(folder, agent);
      typist.type("cloudy token create backup --role viewer --days 90 > backup.token");
      assertThat(typist.page("api.md")).isGreaterThan(6);
    }
  }

  private RunningAgent member(String name, int gossip, String join) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    Path keyring = Files.writeString(own.resolve("keyring"), "[\"" + KEY + "\"]");
    Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rw-------"));
    String more = ", keyring_file: %s, profile: local, join: [%s]".formatted(keyring, join);
    return RunningAgent.start(name, gossip, own, more, "");
  }

  private static boolean isAttic(RunningAgent agent, String status) throws Exception {
    return agent.run("members", "--name", "attic", "--status", status).output().contains("attic");
  }

  @Test
  void theCommandsOfEveryDayDoWhatTheySay() throws Exception {
    int port = RunningAgent.freePort();
    String join = "'127.0.0.1:" + port + "'";
    try (RunningAgent roof = member("roof", port, "");
        RunningAgent attic = member("attic", RunningAgent.freePort(), join);
        RunningAgent node2 = member("node2", RunningAgent.freePort(), join)) {
      String[] page = {"announce", "--type", "website", "--name", "Page of node2", "--port", "80"};
      assertThat(node2.run(page).exit()).isZero();
      Files.writeString(folder.resolve("old.key"), KEY + "\n");
      Typist typist = new Typist(folder, roof);
      typist
          .reads("agent/target/cloudy/bin/cloudy", "cloudy")
          .reads("why SERVICE", "why Garden")
          .reads("cloudy monitor", "timeout -s INT 3 cloudy monitor")
          .answers("cloudy user passwd", PASSWORD)
          .before("cloudy rtt", () -> until(() -> isAttic(roof, "alive")))
          .before(
              "cloudy force-leave",
              () -> {
                attic.kill();
                until(() -> isAttic(roof, "failed"));
              });

      typist.type("cloudy user passwd admin --password-file -");
      assertThat(typist.page("services.md")).isGreaterThan(2);
      assertThat(typist.page("../README.md")).isGreaterThan(3);
      assertThat(typist.page("running-a-node.md")).isGreaterThan(14);

      assertThat(isAttic(roof, "left")).isTrue();
      assertThat(roof.run("keys", "list").output()).doesNotContain(KEY);
    }
  }

  @Test
  void peopleAreAddedFoundInTheDirectoryAndLogIn() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")), "needs script, to ask at a terminal");
    Path own = Files.createDirectory(folder.resolve("attic"));
    try (Slapd slapd = Slapd.start(Files.createDirectory(folder.resolve("directory")))) {
      Typist typist = new Typist(folder, RunningAgent.start(own, "", directory(slapd)));
      typist
          .reads("10.1.2.3", "127.0.0.1")
          .answers("cloudy user passwd", PASSWORD, PASSWORD)
          .answers("cloudy user add", PASSWORD, PASSWORD)
          .answers("cloudy login admin", PASSWORD)
          .before(
              "cloudy login admin --api https",
              () -> {
                typist.agent().close();
                RunningAgent again = listenWithTls(own, directory(slapd));
                typist.at(again);
                typist.reads(
                    "https://attic.example.org:7000", again.url().replace("http:", "https:"));
              });
      try {
        assertThat(typist.page("people.md")).isGreaterThan(15);
      } finally {
        typist.agent().close();
      }
    }
  }

  private static String directory(Slapd slapd) {
    return """
        auth:
          ldap: {servers: ["ldap://127.0.0.1:%d"], allow_plain: true, base: "dc=example,dc=org"}
          roles: {viewer: ["cn=ops,dc=example,dc=org"]}
        """
        .formatted(slapd.port());
  }

  private RunningAgent listenWithTls(Path own, String sections) throws Exception {
    Files.writeString(
        Files.createDirectories(own.resolve("conf.d")).resolve("20-tls.yaml"),
        "api: {tls: {certificate: %1$s/api.pem, key: %1$s/api.key}}\n".formatted(folder));
    return RunningAgent.start(own, "", sections);
  }

  @Test
  void whatMeasuresTakesTheOptionsThatThePageSays() throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder)) {
      Typist typist = new Typist(folder, agent);
      typist.reads("packaging/bench", Path.of("../packaging/bench").toRealPath().toString());
      int scripts = 0;
      for (String line : Documented.typed("performance.md")) {
        String[] words = line.replaceFirst("\\s+#.*", "").split("\\s+", -1);
        String help = typist.type(words[0] + " --help");
        for (String word : words) {
          if (word.startsWith("-")) {
            assertThat(help).as(line).contains(word);
          }
        }
        scripts++;
      }
      assertThat(scripts).isGreaterThan(7);
    }
  }
}
