package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.agent.api.ApiRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

/** Logins against a real slapd, over the API and by the command line. */
@Timeout(180)
final class LdapIT {
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
  private static final String PASSWORD = "planted-canary-3";

  @TempDir private Path folder;
  private Process slapd;
  private int port;
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "needs slapd at " + PROGRAM);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    load();
    slapd =
        new ProcessBuilder(
                folder.resolve("slapd").toString(),
                "-h",
                "ldap://127.0.0.1:%d/".formatted(port),
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-d",
                "none")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.log").toFile())
            .start();
    await("slapd listens").atMost(Duration.ofSeconds(30)).until(this::answers);
    rig =
        new ApiRig(
            folder,
            "",
            """
            auth:
              ldap:
                servers: ["ldap://127.0.0.1:%d"]
                base: dc=example,dc=org
                allow_plain: true
              roles: {admin: ["cn=ops,dc=example,dc=org"], viewer: ["*"]}
            """
                .formatted(port));
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
    if (slapd != null) {
      slapd.destroyForcibly();
    }
  }

  private void load() throws Exception {
    Files.createDirectory(folder.resolve("db"));
    // Under its own path the system's profile of slapd would keep it out of this folder.
    Files.copy(PROGRAM, folder.resolve("slapd"));
    Files.writeString(
        folder.resolve("slapd.conf"),
        """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile FOLDER/pid
        argsfile FOLDER/args
        modulepath /usr/lib/ldap
        moduleload back_mdb
        access to attrs=userPassword by anonymous auth by * none
        access to * by * read
        database mdb
        suffix dc=example,dc=org
        directory FOLDER/db
        dbnosync
        """
            .replace("FOLDER", folder.toString()));
    Path ldif =
        Files.writeString(
            folder.resolve("data.ldif"),
            """
            dn: dc=example,dc=org
            objectClass: dcObject
            objectClass: organization
            dc: example
            o: example

            dn: uid=maria,dc=example,dc=org
            objectClass: inetOrgPerson
            uid: maria
            cn: Maria Puig
            sn: Puig
            userPassword: %s

            dn: cn=ops,dc=example,dc=org
            objectClass: groupOfNames
            cn: ops
            member: uid=maria,dc=example,dc=org
            """
                .formatted(PASSWORD));
    Process add =
        new ProcessBuilder(
                List.of(
                    folder.resolve("slapd").toString(),
                    "-Tadd",
                    "-q",
                    "-f",
                    folder.resolve("slapd.conf").toString(),
                    "-l",
                    ldif.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("add.log").toFile())
            .start();
    assertThat(add.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(add.exitValue()).as(Files.readString(folder.resolve("add.log"))).isZero();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
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

    slapd.destroyForcibly().waitFor();

    // Who is known from memory may log in, but leave no token behind.
    assertThat(login(PASSWORD)).isEqualTo(1);
    assertThat(shell.err()).contains("it takes a password that was checked just now");
    shell.run("audit", "--action", "login");
    assertThat(shell.takeOut()).contains("maria  ldap-offline  127.0.0.1  login", "refused");
    shell.run("doctor");
    assertThat(shell.takeOut()).containsPattern("ldap ldap://127.0.0.1:[0-9]+ +failing ");
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
