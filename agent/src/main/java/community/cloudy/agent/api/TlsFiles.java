package community.cloudy.agent.api;

import community.cloudy.agent.config.ApiConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key that TLS uses, from PEM files (RFC 7468). Files that change are taken up
 * while the listener goes on; a pair that does not fit is not, as when only one of them is new yet.
 */
final class TlsFiles {
  private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);
  private static final int MAX_BYTES = 256 * 1024;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final ApiConfig.Tls files;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private String seen;

  private TlsFiles(ApiConfig.Tls files) throws IOException, GeneralSecurityException {
    this.files = files;
    seen = state();
    factory.setKeyStore(read());
    factory.setKeyStorePassword("");
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setRenegotiationAllowed(false);
  }

  /**
   * Reads the files.
   *
   * @throws ApiStartException if they cannot be used
   */
  static TlsFiles open(ApiConfig.Tls files) {
    try {
      return new TlsFiles(files);
    } catch (IOException | GeneralSecurityException e) {
      throw new ApiStartException(
          "Could not use api.tls: %s. Name a certificate and its key, both PEM."
              .formatted(reason(e)),
          e);
    }
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Takes up the files, if they are others; goes on with the old ones if they are no good. */
  void reloadIfChanged() {
    try {
      String now = state();
      if (now.equals(seen)) {
        return;
      }
      KeyStore store = read();
      factory.reload(same -> same.setKeyStore(store));
      seen = now;
      log.info("TLS certificate read again file={}", files.certificate());
    } catch (Exception e) {
      log.warn(
          "Could not read the TLS certificate again, going on with the old one: {}", reason(e));
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException
        ? failure.toString()
        : String.valueOf(failure.getMessage());
  }

  private String state() throws IOException {
    return state(files.certificate()) + " " + state(files.key());
  }

  private static String state(Path file) throws IOException {
    return Files.getLastModifiedTime(file) + "/" + Files.size(file) + "/" + inode(file);
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    Certificate[] chain;
    try (var in = Files.newInputStream(files.certificate())) {
      chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
    }
    if (chain.length == 0) {
      throw new GeneralSecurityException("there is no certificate in " + files.certificate());
    }
    PrivateKey key = key(chain[0].getPublicKey().getAlgorithm());
    checkPair(key, chain[0].getPublicKey());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("api", key, new char[0], chain);
    return store;
  }

  private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
    byte[] pem;
    try (var in = Files.newInputStream(files.key())) {
      pem = in.readNBytes(MAX_BYTES);
    }
    Matcher matcher = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new GeneralSecurityException(
          "%s holds no PKCS#8 key; make one of it with openssl pkcs8 -topk8 -nocrypt"
              .formatted(files.key()));
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private void checkPair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException(
          "%s is not the key of %s".formatted(files.key(), files.certificate()));
    }
  }
}
