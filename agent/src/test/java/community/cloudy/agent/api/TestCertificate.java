package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate of its own issue for localhost.
 *
 * @param certificate it
 * @param key of it
 */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {
  private static final String PASSWORD = "not secret";

  /** Makes one with the JDK's own tool. */
  public static TestCertificate make(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "api",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
    KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new TestCertificate(
        (X509Certificate) made.getCertificate("api"),
        (PrivateKey) made.getKey("api", PASSWORD.toCharArray()));
  }

  /** Writes both as PEM. */
  public void write(Path certificateFile, Path keyFile) throws Exception {
    pem(certificateFile, "CERTIFICATE", certificate.getEncoded());
    pem(keyFile, "PRIVATE KEY", key.getEncoded());
  }

  private static void pem(Path file, String type, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
  }
}
