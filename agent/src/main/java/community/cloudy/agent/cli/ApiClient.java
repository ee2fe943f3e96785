package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Calls an agent's API, one connection a call. The JDK's client does not speak over unix sockets.
 */
final class ApiClient {
  private static final int MAX_ANSWER = 32 << 20;
  private static final long TIMEOUT_MILLIS = 60_000;

  private final ApiAddress address;

  ApiClient(ApiAddress address) {
    this.address = address;
  }

  /** Asks for {@code path}. */
  JsonNode get(String path) {
    return call("GET", path, new byte[0]);
  }

  /** Sends {@code body} to {@code path}. */
  JsonNode post(String path, JsonNode body) {
    return call("POST", path, Json.write(body));
  }

  /**
   * Calls and returns what the answer holds.
   *
   * @throws CliException if there is no answer, or it is a refusal
   */
  private JsonNode call(String method, String path, byte[] body) {
    HttpAnswer answer = exchange(request(method, path, body));
    JsonNode content = answer.json();
    if (answer.status() >= 300) {
      String detail =
          content.path("detail").asText(content.path("title").asText("no reason given"));
      throw new CliException(Cloudy.FAILED, detail);
    }
    return content;
  }

  private byte[] request(String method, String path, byte[] body) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + address.host()
            + "\r\nConnection: close\r\nAccept: application/json\r\n"
            + (body.length == 0
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
            + "\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(headBytes.length + body.length).put(headBytes).put(body).array();
  }

  private HttpAnswer exchange(byte[] request) {
    Timer timer = new Timer("api-timeout", true);
    try (SocketChannel channel = SocketChannel.open(address.socket())) {
      timer.schedule(closing(channel), TIMEOUT_MILLIS);
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      return HttpAnswer.read(channel, MAX_ANSWER);
    } catch (AsynchronousCloseException e) {
      throw unreachable("it did not answer in " + TIMEOUT_MILLIS / 1000 + " s");
    } catch (UnresolvedAddressException e) {
      throw unreachable("the host is not known");
    } catch (IOException e) {
      throw unreachable(String.valueOf(e.getMessage()));
    } finally {
      timer.cancel();
    }
  }

  private static TimerTask closing(SocketChannel channel) {
    return new TimerTask() {
      @Override
      public void run() {
        try {
          channel.close();
        } catch (IOException e) {
          // Closing is all that was wanted.
          return;
        }
      }
    };
  }

  private CliException unreachable(String reason) {
    return new CliException(
        Cloudy.UNREACHABLE,
        ("Could not reach the agent at %s: %s. Is it running, and may you use its socket? Name"
                + " another with --api.")
            .formatted(address.text(), reason));
  }
}
