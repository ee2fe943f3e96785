package community.cloudy.containers.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers {@code /version} with what it is told to, all else with an empty list, and notes it. */
final class FakeEngine implements AutoCloseable {
  private final ServerSocketChannel server;
  private final String version;
  final Queue<String> paths = new ConcurrentLinkedQueue<>();

  FakeEngine(Path socket, String version) throws IOException {
    this.version = version;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread thread = new Thread(this::accept, "fake-engine");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel caller = server.accept();
        Thread thread = new Thread(() -> serve(caller), "fake-engine-caller");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Channels.newInputStream(caller), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("GET ")) {
          paths.add(line.split(" ", 3)[1]);
          String body = line.contains("/version ") ? version : "[]";
          String answer =
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(body.length(), body);
          caller.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        }
      }
    } catch (IOException e) {
      // The caller has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
