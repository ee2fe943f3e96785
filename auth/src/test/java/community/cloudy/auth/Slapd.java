package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real slapd on loopback, with its database in a folder; ends with the test. */
final class Slapd implements AutoCloseable {
  static final String ROOT = "cn=root," + People.BASE;
  static final String ROOT_PASSWORD = "rootpw";
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

  private final Path folder;
  private final int port = freePort();
  private final int tlsPort = freePort();
  private Process process;

  private Slapd(Path folder) throws IOException {
    this.folder = folder;
  }

  /** Skips the test where slapd or openssl is missing. */
  static void needed() {
    assumeTrue(Files.isExecutable(PROGRAM), "needs slapd at " + PROGRAM);
    assumeTrue(Files.isExecutable(Certificates.PROGRAM), "needs " + Certificates.PROGRAM);
  }

  /** Loads {@code ldif} and starts, with the certificate {@code name}{@code .pem}. */
  static Slapd start(Path folder, Path certificate, String ldif) throws Exception {
    Files.createDirectories(folder.resolve("db"));
    // Under its own path the system's profile of slapd would keep it out of this folder.
    Files.copy(PROGRAM, folder.resolve("slapd"));
    Files.writeString(folder.resolve("data.ldif"), ldif);
    Files.writeString(folder.resolve("slapd.conf"), configuration(folder, certificate));
    Slapd slapd = new Slapd(folder);
    Exec.run(
        folder,
        folder.resolve("slapd").toString(),
        "-Tadd",
        "-q",
        "-f",
        folder.resolve("slapd.conf").toString(),
        "-l",
        folder.resolve("data.ldif").toString());
    slapd.start();
    return slapd;
  }

  private static String configuration(Path folder, Path certificate) {
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/nis.schema
    include /etc/ldap/schema/inetorgperson.schema
    pidfile FOLDER/pid
    argsfile FOLDER/args
    modulepath /usr/lib/ldap
    moduleload back_mdb
    moduleload memberof
    moduleload ppolicy
    TLSCertificateFile CERT
    TLSCertificateKeyFile KEY
    sizelimit 500
    access to attrs=userPassword by self write by anonymous auth by * none
    access to * by * read
    database mdb
    suffix BASE
    rootdn ROOTDN
    rootpw ROOTPW
    directory FOLDER/db
    maxsize 268435456
    dbnosync
    index objectClass,uid,member,uniqueMember,memberUid eq
    overlay ppolicy
    ppolicy_default cn=policy,BASE
    """
        .replace("FOLDER", folder.toString())
        .replace("CERT", certificate.toString())
        .replace("KEY", Certificates.key(certificate).toString())
        .replace("BASE", People.BASE)
        .replace("ROOTDN", ROOT)
        .replace("ROOTPW", ROOT_PASSWORD);
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(
                folder.resolve("slapd").toString(),
                "-h",
                "ldap://127.0.0.1:%d/ ldaps://127.0.0.1:%d/".formatted(port, tlsPort),
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-d",
                "stats")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    await("slapd listens")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> answers(port) && answers(tlsPort));
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Kills it without a chance to say goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  LdapUrl url() {
    return new LdapUrl(false, "127.0.0.1", port);
  }

  LdapUrl tlsUrl() {
    return new LdapUrl(true, "127.0.0.1", tlsPort);
  }

  /** Connects as who may change everything. */
  LDAPConnection root() throws Exception {
    return new LDAPConnection("127.0.0.1", port, ROOT, ROOT_PASSWORD);
  }

  /** Counts the times somebody tried to bind as {@code dn}. */
  long binds(String dn) throws IOException {
    try (var lines = Files.lines(log())) {
      return lines.filter(line -> line.contains("BIND dn=\"" + dn + "\" method=")).count();
    }
  }

  /** Returns how long the log is, in lines. */
  long logLines() throws IOException {
    try (var lines = Files.lines(log())) {
      return lines.count();
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  List<String> log(long skip) throws IOException {
    try (var lines = Files.lines(log())) {
      return lines.skip(skip).toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
