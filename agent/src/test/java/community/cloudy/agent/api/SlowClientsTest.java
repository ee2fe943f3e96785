package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients who send a byte now and then. */
@Timeout(60)
final class SlowClientsTest {
  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), rig.port());
  }

  private void send(Socket socket, String text) throws IOException {
    long before = rig.server().bytesIn();
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    while (rig.server().bytesIn() < before + text.length() && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void areCutOffWhileTheySendTheHead() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /healthz HTTP/1.1\r\nHost: loc");
      rig.server().beat();
      send(socket, "a");
      rig.server().beat();

      assertThat(end(socket.getInputStream())).isTrue();
    }
  }

  @Test
  void areAnsweredIfTheyComeOnAtAll() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /healthz HTTP/1.1\r\nHost: loc");
      rig.server().beat();
      send(socket, "alhost\r\nConnection: close\r\n\r\n");
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 200");
    }
  }

  private static boolean end(InputStream in) throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (java.net.SocketException e) {
      return true;
    }
  }
}
