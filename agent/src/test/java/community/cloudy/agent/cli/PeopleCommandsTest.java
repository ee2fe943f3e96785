package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.api.ApiRig;
import community.cloudy.agent.api.TestCertificate;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about people. */
@Timeout(120)
final class PeopleCommandsTest {
  private static final String PASSWORD = "planted-canary-2";

  @TempDir private Path folder;
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    rig = new ApiRig(folder);
    rig.people().users().add("maria", Role.OPERATOR, Secret.of(PASSWORD));
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private String http() {
    return "http://127.0.0.1:" + rig.port();
  }

  private Path tokenFile() {
    return folder.resolve("config/cloudy/token");
  }

  @Test
  void knowsTheUserAtTheSocket() {
    assertThat(shell.run("whoami")).isZero();
    assertThat(shell.out()).isEqualTo(System.getProperty("user.name") + ", admin, by socket\n");
    assertThat(shell.run("login", "maria")).isEqualTo(2);
    assertThat(shell.err()).contains("Over the socket no login is needed");
  }

  @Test
  void keepsATokenAfterALoginForThisAgentAlone() throws Exception {
    shell.types(PASSWORD + "\n");

    assertThat(shell.run("login", "maria", "--password-file", "-", "--api", http())).isZero();

    assertThat(shell.takeOut()).startsWith("You are maria, operator, until 2026-12-24");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(tokenFile())).doesNotContain(PASSWORD);
    assertThat(rig.people().sessions().list()).isEmpty();
    assertThat(shell.run("whoami", "--api", http())).isZero();
    assertThat(shell.takeOut()).isEqualTo("maria, operator, by token\n");
    String other = http().replace("127.0.0.1", "localhost");
    assertThat(shell.run("whoami", "--api", other)).isEqualTo(1);
    assertThat(shell.run("logout", "--api", http())).isZero();
    assertThat(tokenFile()).doesNotExist();
    assertThat(rig.people().tokens().list()).isEmpty();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    shell.types("another one\n");

    assertThat(shell.run("login", "maria", "--password-file", "-", "--api", http())).isEqualTo(1);
    assertThat(shell.err()).startsWith("Could not log in: the login or the password is wrong");
    assertThat(tokenFile()).doesNotExist();
  }

  @Test
  void managesUsers() {
    shell.types("a good password\n");

    assertThat(shell.run("user", "add", "pau", "--role", "viewer", "--password-file", "-"))
        .isZero();
    assertThat(shell.run("user", "lock", "pau")).isZero();
    assertThat(shell.takeOut()).isEqualTo("Added pau, viewer.\npau is locked out.\n");
    assertThat(shell.run("user", "list")).isZero();
    assertThat(shell.takeOut())
        .isEqualTo(
            """
            NAME   ROLE      STATE   CREATED
            maria  operator  active  2026-11-24T10:00:00Z
            pau    viewer    locked  2026-11-24T10:00:00Z
            """);
    shell.types("another password\n");
    assertThat(shell.run("user", "passwd", "pau", "--password-file", "-")).isZero();
    assertThat(shell.run("user", "unlock", "pau")).isZero();
    assertThat(shell.run("user", "remove", "pau")).isZero();
    assertThat(rig.people().users().list()).hasSize(1);
    assertThat(shell.run("user", "add", "ann")).isEqualTo(2);
    assertThat(shell.err()).contains("Use --password-file");
  }

  @Test
  void managesTokens() throws Exception {
    assertThat(shell.run("token", "create", "backup", "--role", "viewer", "--days", "7")).isZero();
    String token = shell.takeOut().strip();
    Path file = Files.writeString(folder.resolve("t"), token);

    assertThat(shell.run("whoami", "--api", http(), "--token-file", file.toString())).isZero();
    assertThat(shell.takeOut()).endsWith(", viewer, by token\n");
    assertThat(shell.run("token", "list")).isZero();
    assertThat(shell.takeOut()).contains("backup").doesNotContain(token);
    assertThat(shell.run("token", "revoke", "backup")).isZero();
    assertThat(shell.run("whoami", "--api", http(), "--token-file", file.toString())).isEqualTo(1);
  }

  @Test
  void showsWhatPeopleDid() {
    shell.run("force-leave", "cellar");
    shell.takeOut();

    assertThat(shell.run("audit", "--action", "member")).isZero();
    assertThat(shell.out())
        .startsWith("TIME ")
        .contains(" socket  ", "member.force-leave", "cellar", "done");
  }

  @Test
  void showsWhatTheDoctorFinds() {
    assertThat(shell.run("doctor")).isEqualTo(1);
    assertThat(shell.out()).contains("gossip is not encrypted", "cloudy keygen");
  }

  @Test
  void trustsTheCertificateItIsTold() throws Exception {
    Path certificate = folder.resolve("c.pem");
    Path key = folder.resolve("k.pem");
    TestCertificate.make(folder, "api").write(certificate, key);
    rig.close();
    rig = new ApiRig(folder, ", tls: {certificate: '%s', key: '%s'}".formatted(certificate, key));
    String https = "https://localhost:" + rig.port();
    Path token = Files.writeString(folder.resolve("t"), rig.token(Role.VIEWER));

    assertThat(
            shell.run(
                "whoami",
                "--api",
                https,
                "--ca",
                certificate.toString(),
                "--token-file",
                token.toString()))
        .isZero();
    assertThat(shell.out()).isEqualTo("viewer, viewer, by token\n");
    assertThat(shell.run("whoami", "--api", https, "--token-file", token.toString())).isEqualTo(3);
  }
}
