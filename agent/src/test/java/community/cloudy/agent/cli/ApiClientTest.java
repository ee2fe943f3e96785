package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, against a server that says what it is told. */
@Timeout(60)
final class ApiClientTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}";

  private ServerSocket server;
  private ApiClient client;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    client = new ApiClient(ApiAddress.parse("http://127.0.0.1:" + server.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Answers the next request with {@code answer}; returns what was asked. */
  private String asked(String answer, Function<ApiClient, JsonNode> call) {
    CompletableFuture<String> asked =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = server.accept()) {
                byte[] request = new byte[4096];
                int length = socket.getInputStream().read(request);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                return new String(request, 0, length, StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(call.apply(client)).hasToString("{\"a\":1}");
    return asked.join();
  }

  @Test
  void sendsEveryMethod() {
    JsonNode body = Json.object().put("b", 2);

    assertThat(asked(OK, api -> api.get("/x"))).startsWith("GET /x HTTP/1.1\r\n");
    assertThat(asked(OK, api -> api.delete("/x")))
        .startsWith("DELETE /x HTTP/1.1\r\n")
        .doesNotContain("Content-");
    assertThat(asked(OK, api -> api.post("/x", body)))
        .startsWith("POST /x HTTP/1.1\r\n")
        .endsWith("Content-Length: 7\r\n\r\n{\"b\":2}");
    assertThat(asked(OK, api -> api.put("/x", body))).startsWith("PUT /x HTTP/1.1\r\n");
  }

  @Test
  void throwsWhatTheAgentRefuses() {
    String refusal = "HTTP/1.1 409 No\r\nContent-Length: 17\r\n\r\n{\"detail\":\"Gone\"}";

    assertThatThrownBy(() -> asked(refusal, api -> api.get("/x")))
        .isInstanceOf(CliException.class)
        .hasMessage("Gone");
  }

  @Test
  void encodesPathsAndParameters() {
    assertThat(
            new RequestPath("/v1/services")
                .at("a/b c+é")
                .with("tag", List.of("a&b=c", "d"))
                .with("near", List.of("x y")))
        .hasToString("/v1/services/a%2Fb%20c%2B%C3%A9?tag=a%26b%3Dc&tag=d&near=x+y");
  }
}
