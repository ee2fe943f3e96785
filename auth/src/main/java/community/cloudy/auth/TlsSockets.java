package community.cloudy.auth;

import community.cloudy.auth.AuthException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes TLS sockets that check the certificate's authority and, as RFC 4513 section 3.1.3 has it,
 * that it was made for the host that was asked for, and whose handshake ends. The SDK's own check
 * of the host takes any certificate at a loopback address, and its handshake waits for ever.
 */
final class TlsSockets extends SSLSocketFactory {
  private static final int MAX_CA_BYTES = 1 << 20;

  private final SSLSocketFactory sockets;
  private final Duration patience;

  private TlsSockets(SSLSocketFactory sockets, Duration patience) {
    this.sockets = sockets;
    this.patience = patience;
  }

  /**
   * Reads whom to trust.
   *
   * @param caFile certificates of authorities; empty means Java's own
   * @param patience how long the handshake waits for the peer
   * @throws AuthException {@link Code#STORAGE} if the file cannot be read or holds no certificate
   */
  static TlsSockets trusting(Optional<Path> caFile, Duration patience) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      if (caFile.isPresent()) {
        trust.init(authorities(caFile.get()));
      } else {
        trust.init((KeyStore) null);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new TlsSockets(context.getSocketFactory(), patience);
    } catch (IOException | GeneralSecurityException e) {
      throw new AuthException(
          Code.STORAGE,
          "Could not read the directory's certificate authorities from %s: %s. Give ca_file a PEM file of certificates."
              .formatted(caFile.map(Path::toString).orElse("Java's own"), reason(e)),
          e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }

  private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    if (Files.size(file) > MAX_CA_BYTES) {
      throw new IOException("it has more than " + MAX_CA_BYTES + " bytes");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException("there is no certificate in it");
      }
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca" + store.size(), certificate);
      }
    }
    return store;
  }

  private Socket guarded(Socket socket) throws IOException {
    if (socket instanceof SSLSocket tls) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("LDAPS");
      tls.setSSLParameters(parameters);
      tls.setSoTimeout((int) patience.toMillis());
    }
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return guarded(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean autoClose)
      throws IOException {
    return guarded(sockets.createSocket(below, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return guarded(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return guarded(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return guarded(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return guarded(sockets.createSocket(host, port, local, localPort));
  }
}
