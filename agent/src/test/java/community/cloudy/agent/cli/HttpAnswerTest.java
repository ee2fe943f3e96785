package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAnswerTest {
  private static HttpAnswer read(String text) throws IOException {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return HttpAnswer.read(new ByteArrayInputStream(bytes), 100);
  }

  @Test
  void readsABodyOfKnownLength() throws IOException {
    HttpAnswer answer = read("HTTP/1.1 200 OK\nContent-Length: 7\n\n{\"a\":1}rest");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).hasToString("{\"a\":1}");
  }

  @Test
  void readsABodyThatEndsWithTheConnection() throws IOException {
    assertThat(read("HTTP/1.1 404 Not Found\n\n{\"a\":1}").json()).hasToString("{\"a\":1}");
  }

  @Test
  void readsChunks() throws IOException {
    String chunks = "3\n{\"a\n4;x=y\n\":1}\n0\n\n";

    assertThat(read("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + chunks).json())
        .hasToString("{\"a\":1}");
  }

  @Test
  void keepsWhatIsNotJsonAsDetail() throws IOException {
    assertThat(read("HTTP/1.1 500 Oh\nContent-Length: 4\n\noops").json().path("detail").asText())
        .isEqualTo("HTTP 500: oops");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\n\n",
        "HTTP/1.1 200 OK\nno colon\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 101\n\n",
        "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nabc",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7fffffff\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\naXX",
      })
  void refusesDamagedAnswers(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void boundsLinesHeadersAndBody() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 " + "x".repeat(9_000)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n" + header(65) + "\n"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n\n" + "x".repeat(101)))
        .hasMessageContaining("too large");
  }

  private static String header(int count) {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < count; i++) {
      headers.append("X-").append(i).append(": y\n");
    }
    return headers.toString();
  }
}
