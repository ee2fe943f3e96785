package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.Slapd;
import community.cloudy.agent.api.ApiRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins against a real slapd, over the API and by the command line. */
@Timeout(180)
final class LdapIT {
  private static final String PASSWORD = Slapd.PASSWORD;

  @TempDir private Path folder;
  private Slapd slapd;
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    slapd = Slapd.start(folder);
    startRig("servers: [\"ldap://127.0.0.1:%d\"], allow_plain: true".formatted(slapd.port()));
  }

  private void startRig(String ldap) throws IOException {
    rig =
        new ApiRig(
            folder,
            "",
            """
            auth:
              ldap: {base: "dc=example,dc=org", %s}
              roles: {admin: ["cn=ops,dc=example,dc=org"], viewer: ["*"]}
            """
                .formatted(ldap));
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  private int login(String password) {
    shell.types(password + "\n");
    return shell.run(
        "login", "maria", "--password-file", "-", "--api", "http://127.0.0.1:" + rig.port());
  }

  @Test
  void logsInByTheDirectoryAndFromMemoryWhileItIsDown() throws Exception {
    assertThat(login("wrong password")).isEqualTo(1);
    assertThat(login(PASSWORD)).isZero();
    assertThat(shell.takeOut()).startsWith("You are maria, admin, until ");
    shell.run("doctor");
    assertThat(shell.takeOut()).containsPattern("ldap ldap://127.0.0.1:[0-9]+ +ok ");

    slapd.kill();

    // Who is known from memory may log in, but leave no token behind.
    assertThat(login(PASSWORD)).isEqualTo(1);
    assertThat(shell.err()).contains("it takes a password that was checked just now");
    shell.run("audit", "--action", "login");
    assertThat(shell.takeOut()).contains("maria  ldap-offline  127.0.0.1  login", "refused");
    shell.run("doctor");
    assertThat(shell.takeOut()).containsPattern("ldap ldap://127.0.0.1:[0-9]+ +failing ");
  }

  @Test
  void logsInByLdapsWithTheDirectorysOwnAuthority() throws Exception {
    slapd.kill();
    slapd.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=directory",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        folder.resolve("ca.pem").toString());
    Files.writeString(
        folder.resolve("slapd.conf"),
        Files.readString(folder.resolve("slapd.conf"))
            .replaceFirst(
                "(?m)^database mdb$",
                "TLSCertificateFile FOLDER/ca.pem\nTLSCertificateKeyFile FOLDER/key.pem\n$0"
                    .replace("FOLDER", folder.toString())));
    slapd.start("ldaps");
    rig.close();
    startRig(
        "servers: [\"ldaps://127.0.0.1:%d\"], ca_file: %s/ca.pem".formatted(slapd.port(), folder));

    assertThat(login(PASSWORD)).isZero();
    assertThat(shell.takeOut()).startsWith("You are maria, admin, until ");
    shell.types(PASSWORD + "\n");
    shell.run("ldap", "test", "maria", "--password-file", "-");
    assertThat(shell.takeOut()).containsPattern("tls +yes");
  }

  @Test
  void tellsEachStep() {
    shell.types(PASSWORD + "\n");

    assertThat(shell.run("ldap", "test", "maria", "--password-file", "-")).isZero();
    assertThat(shell.takeOut())
        .startsWith("SERVER ")
        .containsPattern("search +yes .*uid=maria,dc=example,dc=org")
        .containsPattern("password +yes .*accepted")
        .containsPattern("role +yes .*admin");
    assertThat(shell.run("ldap", "test", "nobody")).isEqualTo(1);
    assertThat(shell.takeOut()).containsPattern("search +NO .*nobody is found");
  }
}
