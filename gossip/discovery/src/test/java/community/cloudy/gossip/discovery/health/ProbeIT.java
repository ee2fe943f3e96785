package community.cloudy.gossip.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes against servers on the loopback interface, well and badly behaved. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProbeIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Check WEB = new Check.Http(false, "/");

  @TempDir private Path folder;
  private final Probe probe = new Probe(new SecureRandom());
  private final Servers servers = new Servers();

  @AfterEach
  void close() throws Exception {
    servers.close();
  }

  private Health probed(Check check, Target target) {
    return probe.probe(check, target, LONG);
  }

  private static void assertFailing(Health health, String evidence) {
    assertThat(health).isEqualTo(new Health(State.FAILING, evidence));
  }

  @ParameterizedTest
  @CsvSource({"200, OK", "204, OK", "301, OK", "401, FAILING", "404, FAILING", "503, FAILING"})
  void judgesByTheStatusAlone(int status, State state) throws Exception {
    AtomicReference<String> request = new AtomicReference<>("");
    Target target =
        servers.page(
            HttpServer.create(new InetSocketAddress(Servers.loopback(), 0), 0), status, request);
    Health health = probed(new Check.Http(false, "/a?b=c"), target);
    assertThat(health.state()).isEqualTo(state);
    assertThat(health.evidence()).matches("HTTP " + status + " in [0-9.]+ m?s");
    assertThat(request.get()).isEqualTo("GET /a?b=c " + target + " cloudy close");
  }

  @Test
  void takesACertificateNobodySignedAndSaysSo() throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(Servers.loopback(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(Servers.selfSigned(folder)));
    Target target = servers.page(server, 200, new AtomicReference<>(""));
    Health health = probed(new Check.Http(true, "/"), target);
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).matches("HTTP 200 in [0-9.]+ m?s, certificate not verified");
  }

  @Test
  void neverGoesWhereARedirectPoints() throws Exception {
    AtomicInteger visitors = new AtomicInteger();
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
    servers.add(() -> other.stop(0));
    other.createContext("/", exchange -> visitors.incrementAndGet());
    other.start();
    String location = "http://127.0.0.2:" + other.getAddress().getPort() + "/";
    Health health =
        probed(WEB, servers.answers("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"));
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).startsWith("HTTP 302 in ");
    assertThat(visitors.get()).isZero();
  }

  @Test
  void needsNoEndOfTheBody() throws Exception {
    Health health =
        probed(WEB, servers.answers("HTTP/1.0 200\r\nContent-Length: 9\r\n\r\n<script>\u001b[31m"));
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).matches("HTTP 200 in [0-9.]+ m?s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/2 200 OK\r\n",
        "HTTP/1.1 999 No\r\n",
        "HTTP/1.1 20\r\n",
        "\u001b[31m<script>\r\n",
        "\r\n"
      })
  void tellsWhatIsNotHttp(String answer) throws Exception {
    assertFailing(probed(WEB, servers.answers(answer)), "not HTTP");
  }

  @Test
  void stopsReadingEndlessHeaders() throws Exception {
    Target endless =
        servers.server(
            (in, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
              while (true) {
                out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
              }
            });
    assertFailing(probed(WEB, endless), "HTTP headers over 8192 bytes");
  }

  @Test
  void stopsReadingAnEndlessLine() throws Exception {
    Target endless =
        servers.server(
            (in, out) -> {
              while (true) {
                out.write(new byte[1000]);
              }
            });
    assertFailing(probed(WEB, endless), "HTTP headers over 8192 bytes");
  }

  @Test
  void saysThatTheServerHungUp() throws Exception {
    Target hangsUp = servers.server((in, out) -> assertThat(in.read(new byte[4096])).isPositive());
    assertFailing(probed(WEB, hangsUp), "closed without an answer");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitsNoLongerThanTheTimeoutForASilentServer(boolean tls) throws Exception {
    Target silent = servers.server((in, out) -> servers.untilTheEnd());
    assertFailing(probe.probe(new Check.Http(tls, "/"), silent, SHORT), "no answer in 300 ms");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitsNoLongerThanTheTimeoutForADrippingServer(boolean tls) throws Exception {
    byte[] drops =
        tls
            ? new byte[] {0x16, 3, 3, 0x40, 0} // the head of a long TLS record
            : "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    Target dripping =
        servers.server(
            (in, out) -> {
              for (int i = 0; !servers.endsWithin(20); i++) {
                out.write(i < drops.length ? drops[i] : 'x');
                out.flush();
              }
            });
    assertFailing(probe.probe(new Check.Http(tls, "/"), dripping, SHORT), "no answer in 300 ms");
  }

  @Test
  void tellsWhatIsNotTls() throws Exception {
    Health health =
        probed(
            new Check.Http(true, "/"),
            servers.server(
                (in, out) -> out.write("hello\r\n".getBytes(StandardCharsets.US_ASCII))));
    assertThat(health.state()).isEqualTo(State.FAILING);
    assertThat(health.evidence()).startsWith("no TLS: ");
  }

  @Test
  void connectsByTcp() throws Exception {
    Health health = probed(new Check.Tcp(), servers.server((in, out) -> servers.untilTheEnd()));
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).matches("connected in [0-9.]+ m?s");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    Target nobody = Servers.local(Servers.freePort());
    assertFailing(probed(WEB, nobody), "connection refused");
    assertFailing(probed(new Check.Tcp(), nobody), "connection refused");
    assertFailing(probed(new Check.Udp(), nobody), "connection refused");
    assertFailing(probed(new Check.Dns("a.example"), nobody), "connection refused");
  }

  @Test
  void resolvesNames() throws Exception {
    Target target = servers.server((in, out) -> servers.untilTheEnd());
    assertThat(probed(new Check.Tcp(), new Target("localhost", target.port())).state())
        .isEqualTo(State.OK);
    assertFailing(
        probed(new Check.Tcp(), new Target("no.such.invalid", 80)), "the name does not resolve");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 'not checked: 0.0.0.0 is a wildcard address'",
    "169.254.169.254, 'not checked: 169.254.169.254 is a link-local address'",
    "224.0.0.251, 'not checked: 224.0.0.251 is a multicast address'",
    "fe80::1, 'not checked: fe80:0:0:0:0:0:0:1 is a link-local address'",
    "ff02::fb, 'not checked: ff02:0:0:0:0:0:0:fb is a multicast address'",
    "::, 'not checked: 0:0:0:0:0:0:0:0 is a wildcard address'",
    "::ffff:169.254.169.254, 'not checked: 169.254.169.254 is a link-local address'"
  })
  void refusesAddressesThatAreNobodys(String host, String evidence) {
    assertThat(probed(WEB, new Target(host, 80))).isEqualTo(new Health(State.UNKNOWN, evidence));
  }

  private static byte[] reply(byte[] query, int idChange, int flags, int code) {
    byte[] reply = query.clone();
    reply[1] ^= (byte) idChange;
    reply[2] = (byte) flags;
    reply[3] = (byte) code;
    return reply;
  }

  @Test
  void anAnsweredDatagramIsGood() throws Exception {
    Health health = probed(new Check.Udp(), servers.udp(heard -> List.of(new byte[] {1})));
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).matches("answered in [0-9.]+ m?s");
  }

  @Test
  void silenceOfUdpProvesNothing() throws Exception {
    assertThat(probe.probe(new Check.Udp(), servers.udp(heard -> List.of()), SHORT))
        .isEqualTo(new Health(State.UNKNOWN, "no answer, which UDP does not promise"));
  }

  @Test
  void asksForTheNameGiven() throws Exception {
    AtomicReference<byte[]> asked = new AtomicReference<>();
    Target server =
        servers.udp(
            heard -> {
              asked.set(heard);
              return List.of(reply(heard, 0, 0x81, 0x80));
            });
    Health health = probed(new Check.Dns("www.example.org"), server);
    assertThat(health.state()).isEqualTo(State.OK);
    assertThat(health.evidence()).matches("DNS answer in [0-9.]+ m?s");
    assertThat(new String(asked.get(), 2, asked.get().length - 2, StandardCharsets.ISO_8859_1))
        .isEqualTo("\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1");
  }

  @Test
  void saysWhichDnsErrorCame() throws Exception {
    Target unknown = servers.udp(heard -> List.of(reply(heard, 0, 0x81, 0x83)));
    assertFailing(probed(new Check.Dns("a.example"), unknown), "DNS answer NXDOMAIN");
  }

  @Test
  void ignoresAnswersToOtherQuestions() throws Exception {
    Target confused =
        servers.udp(
            heard ->
                List.of(
                    new byte[0],
                    new byte[11],
                    reply(heard, 1, 0x81, 0x80),
                    reply(heard, 0, 0x01, 0),
                    reply(heard, 0, 0x81, 0x82)));
    assertFailing(probed(new Check.Dns("a.example"), confused), "DNS answer SERVFAIL");
  }

  @Test
  void aSilentDnsServerFails() throws Exception {
    assertFailing(
        probe.probe(new Check.Dns("a.example"), servers.udp(heard -> List.of()), SHORT),
        "no answer in 300 ms");
  }
}
