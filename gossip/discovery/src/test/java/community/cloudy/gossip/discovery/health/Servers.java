package community.cloudy.gossip.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers on the loopback interface that do as they are told, until the end of a test. */
final class Servers {
  private static final String PASSWORD = "changeit";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  void add(AutoCloseable server) {
    opened.add(server);
  }

  void untilTheEnd() throws InterruptedException {
    end.await();
  }

  boolean endsWithin(int millis) throws InterruptedException {
    return end.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Talks to one client of a raw server. */
  interface Script {
    void talk(InputStream in, OutputStream out) throws Exception;
  }

  void close() throws Exception {
    end.countDown();
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  static Target local(int port) {
    return new Target("127.0.0.1", port);
  }

  Target server(Script script) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, loopback());
    opened.add(server);
    background(
        () -> {
          while (true) {
            try (Socket client = server.accept()) {
              script.talk(client.getInputStream(), client.getOutputStream());
            } catch (SocketException clientLeft) {
              if (server.isClosed()) {
                return;
              }
            }
          }
        });
    return local(server.getLocalPort());
  }

  Target answers(String answer) throws IOException {
    return server(
        (in, out) -> {
          assertThat(in.read()).isEqualTo('G');
          out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          end.await();
        });
  }

  /** A task of a server, which ends with its socket. */
  private interface Task {
    void run() throws Exception;
  }

  private static void background(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception ended) {
                // the test is over, or its client has gone
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  Target page(HttpServer server, int status, AtomicReference<String> request) {
    opened.add(() -> server.stop(0));
    server.createContext(
        "/",
        exchange -> {
          request.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + exchange.getRequestHeaders().getFirst("User-Agent")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Connection"));
          exchange.getResponseHeaders().set("X-Secret", "secret");
          byte[] body = "secret".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return local(server.getAddress().getPort());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  /** Answers each datagram with what {@code answer} makes of it. */
  Target udp(UdpScript answer) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, loopback());
    opened.add(socket);
    background(
        () -> {
          while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[600], 600);
            socket.receive(packet);
            byte[] heard = Arrays.copyOf(packet.getData(), packet.getLength());
            for (byte[] reply : answer.answer(heard)) {
              socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
          }
        });
    return local(socket.getLocalPort());
  }

  /** Makes the answers to a datagram. */
  interface UdpScript {
    List<byte[]> answer(byte[] heard);
  }

  static SSLContext selfSigned(Path folder) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    assumeTrue(Files.isExecutable(keytool), "needs keytool");
    Path store = folder.resolve("keys");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=elsewhere.example")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
