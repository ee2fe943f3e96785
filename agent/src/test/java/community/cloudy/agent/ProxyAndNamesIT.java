package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real agent with real Squid, named and slapd: people by the directory, names by gossip. */
@Timeout(240)
final class ProxyAndNamesIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @AfterEach
  void endServices() throws Exception {
    RunningAgent.endServices(folder);
  }

  /** Returns an address of this machine that is not loopback, where there is one. */
  static InetAddress address() throws Exception {
    return NetworkInterface.networkInterfaces()
        .filter(each -> !each.getName().startsWith("docker") && !each.getName().startsWith("br-"))
        .flatMap(each -> each.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .filter(found -> found instanceof Inet4Address && !found.isLoopbackAddress())
        .findFirst()
        .orElseGet(InetAddress::getLoopbackAddress);
  }

  private String said(String... command) throws Exception {
    Path output = Files.createTempFile(folder, "said", "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output).strip();
  }

  private String fetched(int proxy, String url, String password) throws Exception {
    return said(
        "curl",
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        "-x",
        "http://127.0.0.1:" + proxy,
        "-U",
        "maria:" + password,
        url);
  }

  private String lookedUp(int port, String name) throws Exception {
    return said(
        "dig", "+short", "+time=2", "+tries=1", "-p", String.valueOf(port), "@127.0.0.1", name);
  }

  @Test
  void peopleOfTheDirectoryUseTheProxyAndWhatIsAnnouncedHasAName() throws Exception {
    InetAddress here = address();
    assumeTrue(!here.isLoopbackAddress(), "needs an address that is not loopback");
    for (String program : new String[] {"/usr/sbin/squid", "/usr/sbin/named", "/usr/bin/curl"}) {
      assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    HttpServer origin = HttpServer.create(new InetSocketAddress(here, 0), 10);
    origin.createContext(
        "/",
        exchange -> {
          byte[] page = "a page".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    origin.start();
    String url = "http://%s:%d/".formatted(here.getHostAddress(), origin.getAddress().getPort());
    int proxy = RunningAgent.freePort();
    int dns = RunningAgent.freePort();
    Path directory = Files.createDirectories(folder.resolve("directory"));
    try (Slapd slapd = Slapd.start(directory);
        RunningAgent agent =
            RunningAgent.start(
                folder, "", sections(slapd.port(), proxy, origin.getAddress().getPort(), dns))) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(agent.run("module").output())
                      .containsPattern("bind +running +ok")
                      .containsPattern("squid +running +ok"));

      assertThat(fetched(proxy, url, "wrong")).isEqualTo("407");
      agent.run("announce", "--type", "website", "--name", "Garden", "--port", "8080");
      await()
          .atMost(SOON)
          .until(() -> lookedUp(dns, "website-garden.attic.cloudy.internal").equals("127.0.0.1"));
      assertThat(agent.run("services").output()).contains("proxy3", "dnsservice");

      assertThat(fetched(proxy, url, Slapd.PASSWORD)).isEqualTo("200");
      agent.kill();
      assertThat(fetched(proxy, url, Slapd.PASSWORD)).isEqualTo("200");
      assertThat(lookedUp(dns, "website-garden.attic.cloudy.internal")).isEqualTo("127.0.0.1");
    }
    try (Slapd slapd = Slapd.start(Files.createDirectories(folder.resolve("again")));
        RunningAgent agent =
            RunningAgent.start(
                folder, "", sections(slapd.port(), proxy, origin.getAddress().getPort(), dns))) {
      await().atMost(SOON).until(() -> fetched(proxy, url, Slapd.PASSWORD).equals("200"));
      assertThat(agent.log())
          .contains("Workload found running name=squid", "Workload found running name=bind");
      slapd.kill();
      // A new Squid remembers nobody; the node does.
      agent.run("module", "restart", "squid");
      await().atMost(SOON).until(() -> fetched(proxy, url, Slapd.PASSWORD).equals("200"));
      assertThat(fetched(proxy, url, "wrong")).isEqualTo("407");
      slapd.start("ldap");
      slapd.delete("uid=maria,dc=example,dc=org");
      await().atMost(SOON).until(() -> fetched(proxy, url, Slapd.PASSWORD).equals("407"));
      MetricsReferenceIT.explains(agent, "squid");
      MetricsReferenceIT.explains(agent, "bind");
      agent.run("module", "disable", "squid");
      agent.run("module", "disable", "bind");
    } finally {
      origin.stop(0);
    }
  }

  private static String sections(int ldap, int proxy, int origin, int dns) {
    return """
        auth:
          ldap: {servers: ["ldap://127.0.0.1:%d"], allow_plain: true, base: "dc=example,dc=org"}
          roles: {viewer: ["cn=ops,dc=example,dc=org"]}
        services:
          squid:
            enabled: true
            port: %d
            recheck: 20s
            who: {networks: [127.0.0.0/8], groups: ["cn=ops,dc=example,dc=org"]}
            destinations: {own_ports: [%d], homes: true}
          bind: {enabled: true, port: %d}
        """
        .formatted(ldap, proxy, origin, dns);
  }
}
