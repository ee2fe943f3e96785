package community.cloudy.agent.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that reads server-sent events exactly as they come, or does not read them. */
final class RawStream implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader reader;

  private RawStream(SocketChannel channel) {
    this.channel = channel;
    reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  static RawStream get(Path socket, String path, String... headers) throws IOException {
    return send(socket, "GET " + path + " HTTP/1.1", "", "Connection: close", headers);
  }

  /** Sends the request to a port. */
  static RawStream tcp(int port, String path, String... headers) throws IOException {
    SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return send(address, "GET " + path + " HTTP/1.1", "", "Connection: close", headers);
  }

  static RawStream post(Path socket, String path, String json) throws IOException {
    return send(
        socket,
        "POST " + path + " HTTP/1.1",
        json,
        "Connection: close",
        "Content-Type: application/json",
        "Content-Length: " + json.length());
  }

  /** Sends a request on a connection that could carry others. */
  static RawStream keptAlive(Path socket, String path) throws IOException {
    return send(socket, "GET " + path + " HTTP/1.1", "", "Connection: keep-alive");
  }

  private static RawStream send(
      Path socket, String first, String body, String connection, String... headers)
      throws IOException {
    return send(UnixDomainSocketAddress.of(socket), first, body, connection, headers);
  }

  private static RawStream send(
      SocketAddress address, String first, String body, String connection, String... headers)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    StringBuilder request = new StringBuilder(first).append("\r\nHost: localhost\r\n");
    request.append("Accept: text/event-stream\r\n").append(connection).append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("\r\n").append(body);
    channel.write(ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.UTF_8)));
    return new RawStream(channel);
  }

  /** Returns the lines up to the next empty one, without it; the head of the answer comes first. */
  String frame() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        return lines.toString();
      }
      lines.append(lines.length() == 0 ? "" : "\n").append(line);
    }
    return lines.toString();
  }

  /** Returns what comes up to the end, or up to where the connection breaks. */
  String rest() {
    StringBuilder text = new StringBuilder();
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      // Cut off by the server.
      return text.toString();
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
