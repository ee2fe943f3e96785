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
    startSlapd("ldap");
    startRig("servers: [\"ldap://127.0.0.1:%d\"], allow_plain: true".formatted(port));
  }

  private void startSlapd(String scheme) throws IOException {
    slapd =
        new ProcessBuilder(
                folder.resolve("slapd").toString(),
                "-h",
                "%s://127.0.0.1:%d/".formatted(scheme, port),
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-d",
                "none")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.log").toFile())
            .start();
    await("slapd listens").atMost(Duration.ofSeconds(30)).until(this::answers);
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
    run(
        folder.resolve("slapd").toString(),
        "-Tadd",
        "-q",
        "-f",
        folder.resolve("slapd.conf").toString(),
        "-l",
        ldif.toString());
  }

  private void run(String... command) throws Exception {
    Path output = Files.createTempFile(folder, "run", "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
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
  void logsInByLdapsWithTheDirectorysOwnAuthority() throws Exception {
    slapd.destroyForcibly().waitFor();
    run(
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
    startSlapd("ldaps");
    rig.close();
    startRig("servers: [\"ldaps://127.0.0.1:%d\"], ca_file: %s/ca.pem".formatted(port, folder));

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
