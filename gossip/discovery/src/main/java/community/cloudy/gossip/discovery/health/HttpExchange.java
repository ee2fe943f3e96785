package community.cloudy.gossip.discovery.health;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One GET by hand: no library that would follow a redirect, keep cookies or read the body. */
final class HttpExchange {
  private static final int MAX_HEAD = 8 << 10;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

  private final Socket socket;
  private int left = MAX_HEAD;

  HttpExchange(Socket socket) {
    this.socket = socket;
  }

  /**
   * Sends the request and returns the status of the answer, whose headers must end within 8 KiB.
   */
  int status(Check.Http check, Target target) throws IOException {
    boolean usual = target.port() == (check.tls() ? 443 : 80);
    String authority = target.toString();
    String host = usual ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    String request =
        "GET "
            + check.path()
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUser-Agent: cloudy\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = new BufferedInputStream(socket.getInputStream(), 512);
    Matcher status = STATUS.matcher(line(in));
    if (!status.matches()) {
      throw new IOException("not HTTP");
    }
    while (!line(in).isEmpty()) {
      // Headers are not looked at, but an answer has them all.
    }
    return Integer.parseInt(status.group(1));
  }

  private String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException();
      }
      if (--left == 0) {
        throw new IOException("HTTP headers over " + MAX_HEAD + " bytes");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }
}
