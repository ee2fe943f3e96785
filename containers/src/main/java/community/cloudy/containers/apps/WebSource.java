package community.cloudy.containers.apps;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A catalogue on a web server of the community. Speaks HTTP/1.0 (RFC 1945, with Host), one
 * connection a file: the name is resolved once, judged, and every connection goes to that address,
 * so that no name can lead this node to what only this node reaches. Redirects are followed on the
 * same server alone.
 */
public final class WebSource implements CatalogueSource {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_REDIRECTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration WHOLE = Duration.ofMinutes(5);

  private final URI base;
  private final InetSocketAddress address;
  private final InstantSource clock;
  private final Instant deadline;

  private WebSource(URI base, InetSocketAddress address, InstantSource clock) {
    this.base = base;
    this.address = address;
    this.clock = clock;
    this.deadline = clock.instant().plus(WHOLE);
  }

  /**
   * Returns the catalogue whose {@code index.json} lies right beneath {@code address}; all of it
   * must be read within five minutes from now.
   *
   * @param reach where this node may go
   * @throws AppException if the address is not one, does not resolve or may not be reached
   */
  public static WebSource at(String address, Reach reach, InstantSource clock) {
    URI base = base(address);
    InetAddress host = reach.resolve(base.getHost());
    return new WebSource(base, new InetSocketAddress(host, port(base)), clock);
  }

  private static URI base(String address) {
    try {
      URI uri = URI.create(address.endsWith("/") ? address : address + "/");
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && address.length() <= 500) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below, for all reasons.
    }
    throw new AppException(
        AppException.Code.INVALID,
        "Could not read the catalogue: its address must be http://host/path or https://host/path.");
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    URI uri = base.resolve(path);
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      try (Socket socket = connect()) {
        Exchange exchange = new Exchange(socket, uri);
        Optional<URI> next = exchange.redirect();
        if (next.isEmpty()) {
          return exchange.body(most);
        }
        uri = next.get();
      }
    }
    throw new IOException("the server redirects more than " + MAX_REDIRECTS + " times");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, patience());
      if (!base.getScheme().equals("https")) {
        return socket;
      }
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      socket.setSoTimeout(patience());
      SSLSocket secure =
          (SSLSocket) tls.createSocket(socket, base.getHost(), address.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private int patience() throws IOException {
    long left = Duration.between(clock.instant(), deadline).toMillis();
    if (left <= 0) {
      throw new IOException("it took longer than " + WHOLE.toMinutes() + " minutes");
    }
    return (int) Math.min(left, PATIENCE.toMillis());
  }

  /** One request and its answer. */
  private final class Exchange {
    private final Socket socket;
    private final URI uri;
    private final InputStream in;
    private final int status;
    private final String head;

    Exchange(Socket socket, URI uri) throws IOException {
      this.socket = socket;
      this.uri = uri;
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: cloudy\r\nAccept-Encoding: identity\r\n\r\n"
              .formatted(uri.getRawPath(), uri.getRawAuthority())
              .getBytes(StandardCharsets.US_ASCII));
      this.in = socket.getInputStream();
      this.head = head();
      if (!head.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9][ \r].*")) {
        throw new IOException("the server does not speak HTTP");
      }
      this.status = Integer.parseInt(head.substring(9, 12));
    }

    private String head() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int last = 0;
      while (last != 0x0d0a0d0a) {
        int next = next();
        if (next < 0 || bytes.size() >= MAX_HEAD) {
          throw new IOException("the server's answer has no proper head");
        }
        bytes.write(next);
        last = last << 8 | next;
      }
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private int next() throws IOException {
      socket.setSoTimeout(patience());
      return in.read();
    }

    private Optional<String> header(String name) {
      String wanted = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
          .map(line -> line.substring(wanted.length()).strip())
          .findFirst();
    }

    /** Returns where to ask instead, if the answer says so. */
    Optional<URI> redirect() throws IOException {
      if (status < 300 || status > 399) {
        return Optional.empty();
      }
      try {
        URI to = uri.resolve(header("Location").orElse(""));
        if (base.getScheme().equals(to.getScheme())
            && base.getRawAuthority().equals(to.getRawAuthority())) {
          return Optional.of(to);
        }
      } catch (IllegalArgumentException e) {
        // No address at all: refused like one elsewhere.
      }
      throw new IOException("the server redirects to another place");
    }

    byte[] body(int most) throws IOException {
      if (status != 200) {
        throw new IOException("the server answered " + status);
      }
      if (header("Transfer-Encoding").isPresent()) {
        throw new IOException("the server does not answer as HTTP/1.0");
      }
      int expected = length(most);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (expected < 0 || bytes.size() < expected) {
        socket.setSoTimeout(patience());
        int read = in.read(buffer);
        if (read < 0) {
          break;
        }
        bytes.write(buffer, 0, read);
        if (bytes.size() > most) {
          throw new IOException("it has more than " + most + " bytes");
        }
      }
      if (expected >= 0 && bytes.size() != expected) {
        throw new IOException("the answer ended early");
      }
      return bytes.toByteArray();
    }

    private int length(int most) throws IOException {
      Optional<String> length = header("Content-Length");
      if (length.isEmpty()) {
        return -1;
      }
      if (!length.get().matches("[0-9]{1,15}")) {
        throw new IOException("the server's answer has no proper head");
      }
      long bytes = Long.parseLong(length.get());
      if (bytes > most) {
        throw new IOException("it has more than " + most + " bytes");
      }
      return (int) bytes;
    }
  }
}
