package community.cloudy.services.graphs.snpservices;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The little of HTTP that is spoken. */
final class ListenerTest {
  private Listener listener;

  @BeforeEach
  void listen() throws IOException {
    listener =
        new Listener(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            query -> {
              if (query.path().equals("/broken")) {
                throw new IllegalStateException("broken");
              }
              return Reply.text(query.path() + " " + query.parameters().get("call"));
            });
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private String say(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void answersGetWithWhatProtectsThePage() throws IOException {
    assertThat(say("GET /snpservices/index.php?call=a%20b&call=c HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain;charset=UTF-8\r\n")
        .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'")
        .contains("Content-Length: 12\r\n", "Connection: close")
        .endsWith("\r\n\r\n/index.php c");
  }

  @Test
  void answersHeadWithoutContent() throws IOException {
    assertThat(say("HEAD /index.php?call=x HTTP/1.0\r\n\r\n"))
        .contains("Content-Length: 12\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void refusesWhatItDoesNotSpeak() throws IOException {
    assertThat(say("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD");
    assertThat(say("GET http://other/ HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("GET /%zz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    assertThat(say("GET /broken HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 500 ")
        .doesNotContain("IllegalState");
  }

  @Test
  void idleConnectionsKeepNobodyElseWaiting() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.getOutputStream().write('G');
        idle.add(socket);
      }
      InetAddress other = InetAddress.getByName("127.0.0.2");
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), listener.port(), other, 0)) {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write("GET /x HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
            .startsWith("HTTP/1.1 200 OK");
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }
}
