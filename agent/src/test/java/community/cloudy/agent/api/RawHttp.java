package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends exact bytes to a server and reads what comes until it closes. */
public final class RawHttp {
  private final SocketAddress address;
  private final String always;

  private RawHttp(SocketAddress address, String always) {
    this.address = address;
    this.always = always;
  }

  /** Returns one that sends {@code header}, too. */
  public RawHttp with(String header) {
    return new RawHttp(address, always + header + "\r\n");
  }

  static RawHttp unix(Path socket) {
    return new RawHttp(UnixDomainSocketAddress.of(socket), "");
  }

  /** Returns one that calls a port of loopback. */
  public static RawHttp tcp(int port) {
    return new RawHttp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "");
  }

  Answer get(String path, String... headers) throws IOException {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, json, "Content-Type: application/json");
  }

  Answer send(String method, String path, String body, String... headers) throws IOException {
    String host = String.join("", headers).contains("Host: ") ? "" : "Host: localhost\r\n";
    String extra = always + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
    return raw(
        "%s %s HTTP/1.1\r\n%s%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, host, extra, body.length(), body));
  }

  /** Sends just this. */
  public Answer raw(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      String text =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      int blank = text.indexOf("\r\n\r\n");
      return new Answer(text.substring(0, blank), text.substring(blank + 4));
    }
  }

  /** What came, to the end. */
  public record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    String header(String name) {
      return head.lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    /** Returns the body. */
    public JsonNode json() {
      return Json.read(body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
