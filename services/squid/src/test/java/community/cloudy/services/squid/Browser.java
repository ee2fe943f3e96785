package community.cloudy.services.squid;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Somebody who uses a proxy of this machine. */
record Browser(int port, String login, String password) {
  static Browser of(int port) {
    return new Browser(port, "", "");
  }

  Browser as(String name, String secret) {
    return new Browser(port, name, secret);
  }

  /** Returns the status with which a page comes, or the tunnel opens. */
  int get(String url) throws IOException {
    return status(ask("GET " + url));
  }

  int connect(String target) throws IOException {
    return status(ask("CONNECT " + target));
  }

  private static int status(Socket socket) throws IOException {
    try (socket) {
      String head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(head.substring(9));
    }
  }

  /** Begins to fetch a page and returns what comes, from its status on. */
  InputStream open(String url) throws IOException {
    return ask("GET " + url).getInputStream();
  }

  private Socket ask(String target) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
    socket.setSoTimeout(20_000);
    String coded =
        Base64.getEncoder()
            .encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    String header = login.isEmpty() ? "" : "Proxy-Authorization: Basic " + coded + "\r\n";
    String request = target + " HTTP/1.0\r\n" + header + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
