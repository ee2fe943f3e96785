package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS on the port, over real sockets. */
@Timeout(120)
final class TlsTest {
  @TempDir private static Path certificates;
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir private Path folder;
  private Path certificateFile;
  private Path keyFile;
  private ApiRig rig;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = TestCertificate.make(certificates, "first");
    second = TestCertificate.make(certificates, "second");
  }

  @BeforeEach
  void start() throws Exception {
    certificateFile = folder.resolve("c.pem");
    keyFile = folder.resolve("k.pem");
    first.write(certificateFile, keyFile);
    rig =
        new ApiRig(
            folder, ", tls: {certificate: '%s', key: '%s'}".formatted(certificateFile, keyFile));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private SSLSocket connect(TestCertificate trusted, String... protocols) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("a", trusted.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", rig.port());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  private static String ask(SSLSocket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  @Test
  void answersUnderTlsAndMarksTheCookie() throws Exception {
    rig.people().users().add("maria", Role.VIEWER, Secret.of("correct horse"));
    String body = "{\"login\":\"maria\",\"password\":\"correct horse\"}";
    String post =
        "POST /v1/login HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s";

    try (SSLSocket socket = connect(first)) {
      assertThat(ask(socket, post.formatted("https://localhost", body.length(), body)))
          .startsWith("HTTP/1.1 200")
          .containsPattern("Set-Cookie: .*; HttpOnly; SameSite=Strict; Secure\r\n");
    }
    try (SSLSocket socket = connect(first)) {
      assertThat(ask(socket, post.formatted("http://localhost", body.length(), body)))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void speaksNoOldTls() {
    assertThatThrownBy(() -> connect(first, "TLSv1.1")).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> connect(second)).isInstanceOf(SSLException.class);
  }

  @Test
  void takesUpAnotherCertificateWhileItListens() throws Exception {
    int port = rig.port();
    try (SSLSocket old = connect(first)) {
      second.write(certificateFile, keyFile);
      rig.server().beat();

      try (SSLSocket fresh = connect(second)) {
        assertThat(shown(fresh)).isEqualTo(second.certificate());
      }
      assertThat(ask(old, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(rig.port()).isEqualTo(port);
    }
  }

  @Test
  void goesOnWithTheOldOneWhileThePairDoesNotFit() throws Exception {
    second.write(certificateFile, folder.resolve("other.pem"));
    rig.server().beat();
    try (SSLSocket socket = connect(first)) {
      assertThat(shown(socket)).isEqualTo(first.certificate());
    }

    second.write(certificateFile, keyFile);
    rig.server().beat();
    try (SSLSocket socket = connect(second)) {
      assertThat(shown(socket)).isEqualTo(second.certificate());
    }
  }

  @Test
  void saysWhatIsWrongWithTheFiles() throws Exception {
    for (String content : List.of("", "-----BEGIN RSA PRIVATE KEY-----\n")) {
      Files.writeString(keyFile, content);
      rig.close();
      assertThatThrownBy(
              () ->
                  new ApiRig(
                      folder,
                      ", tls: {certificate: '%s', key: '%s'}".formatted(certificateFile, keyFile)))
          .isInstanceOf(ApiStartException.class)
          .hasMessageContaining("holds no PKCS#8 key; make one of it with openssl pkcs8");
    }
  }
}
