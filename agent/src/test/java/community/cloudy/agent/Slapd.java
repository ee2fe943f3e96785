package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real directory with two people and one group, on a free port of loopback. */
public final class Slapd implements AutoCloseable {
  /** The password of {@code maria}, who is in the group {@code ops}, and of {@code joan}. */
  public static final String PASSWORD = "planted-canary-3";

  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

  private final Path folder;
  private final int port;
  private Process process;

  private Slapd(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one with its state in {@code folder}, or skips the test where there is none. */
  public static Slapd start(Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "needs slapd at " + PROGRAM);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Slapd slapd = new Slapd(folder, port);
    slapd.load();
    slapd.start("ldap");
    return slapd;
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  /** Starts it, as {@code ldap} or {@code ldaps}. */
  public void start(String scheme) throws IOException {
    process =
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

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
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
        rootdn cn=root,dc=example,dc=org
        rootpw root
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
            userPassword: %1$s

            dn: uid=joan,dc=example,dc=org
            objectClass: inetOrgPerson
            uid: joan
            cn: Joan Serra
            sn: Serra
            userPassword: %1$s

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

  /** Removes an entry while it runs. */
  void delete(String dn) throws Exception {
    run(
        "ldapdelete",
        "-x",
        "-H",
        "ldap://127.0.0.1:" + port,
        "-D",
        "cn=root,dc=example,dc=org",
        "-w",
        "root",
        dn);
  }

  /** Runs a program to its good end. */
  public void run(String... command) throws Exception {
    Path output = Files.createTempFile(folder, "run", "");
    Process program =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).as(Files.readString(output)).isZero();
  }

  /** Ends it at once, and returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
