package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;

/**
 * Calls an agent's API, one connection a call. The JDK's client does not speak over unix sockets.
 * Every method throws {@link CliException} if there is no answer, or it is a refusal.
 */
final class ApiClient {
  private static final int MAX_ANSWER = 32 << 20;
  private static final int BUFFER = 16 * 1024;
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int UNAUTHENTICATED = 401;
  private static final String JSON = "Accept: application/json\r\n";
  private static final String EVENTS = "Accept: text/event-stream\r\n";

  private final ApiAddress address;
  private final Optional<Path> ca;
  private final String identity;

  /** Makes one that does not say who calls. */
  ApiClient(ApiAddress address) {
    this(address, Optional.empty(), Optional.empty());
  }

  /**
   * Makes one.
   *
   * @param ca certificates that are trusted under TLS; empty means Java's own
   * @param token that says who calls
   */
  ApiClient(ApiAddress address, Optional<Path> ca, Optional<String> token) {
    this(address, ca, token.map(secret -> "Authorization: Bearer " + secret + "\r\n").orElse(""));
  }

  private ApiClient(ApiAddress address, Optional<Path> ca, String identity) {
    this.address = address;
    this.ca = ca;
    this.identity = identity;
  }

  ApiAddress address() {
    return address;
  }

  /**
   * A login.
   *
   * @param person who the agent takes the caller for
   * @param client calls as them
   */
  record Session(JsonNode person, ApiClient client) {}

  /** Logs in. */
  Session login(String login, String password) {
    JsonNode body = Json.object().put("login", login).put("password", password);
    return exchange(
        request("POST", "/v1/login", JSON, Json.write(body)),
        (in, deadline) -> {
          HttpHead head = HttpHead.read(in);
          JsonNode person = checked(HttpAnswer.read(head, head.content(in), MAX_ANSWER));
          String session =
              "Cookie: %s\r\nX-Cloudy-Csrf: %s\r\n"
                  .formatted(
                      head.header("set-cookie").replaceFirst(";.*", ""),
                      person.path("csrf").asText());
          return new Session(person, new ApiClient(address, ca, session));
        });
  }

  /** Reads an answer as it comes. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(InputStream in, Deadline deadline) throws IOException;
  }

  /** Asks for {@code path}. */
  JsonNode get(String path) {
    return call(request("GET", path, JSON, new byte[0]));
  }

  /** Asks for {@code path}, which is a text that is not JSON. */
  String text(String path) {
    return exchange(
        request("GET", path, "Accept: */*\r\n", new byte[0]),
        (in, deadline) -> {
          HttpHead head = HttpHead.read(in);
          InputStream content = head.content(in);
          if (head.status() != OK) {
            checked(HttpAnswer.read(head, content, MAX_ANSWER));
          }
          byte[] text = content.readNBytes(MAX_ANSWER + 1);
          if (text.length > MAX_ANSWER) {
            throw new IOException("its answer is too large");
          }
          return new String(text, StandardCharsets.UTF_8);
        });
  }

  /** Sends {@code body} to {@code path}. */
  JsonNode post(String path, JsonNode body) {
    return call(request("POST", path, JSON, Json.write(body)));
  }

  /** Makes {@code path} hold {@code body}. */
  JsonNode put(String path, JsonNode body) {
    return call(request("PUT", path, JSON, Json.write(body)));
  }

  /** Deletes what is at {@code path}, as {@code body} says. */
  JsonNode delete(String path, JsonNode body) {
    return call(request("DELETE", path, JSON, Json.write(body)));
  }

  /** Deletes what is at {@code path}. */
  JsonNode delete(String path) {
    return call(request("DELETE", path, JSON, new byte[0]));
  }

  /**
   * Follows the events at {@code path} until the agent ends the stream.
   *
   * @param lastId of an earlier stream that is to be resumed; empty for none
   * @param heard hears of every event, and of every sign of life
   */
  void follow(String path, String lastId, Consumer<ServerEvent> heard) {
    String resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
    follow(request("GET", path, EVENTS + resume, new byte[0]), lastId, heard);
  }

  /** Sends {@code body} to {@code path} and follows the events it is answered with. */
  void follow(String path, JsonNode body, Consumer<ServerEvent> heard) {
    follow(request("POST", path, EVENTS, Json.write(body)), "", heard);
  }

  private void follow(byte[] request, String lastId, Consumer<ServerEvent> heard) {
    exchange(
        request,
        (in, deadline) -> {
          HttpHead head = HttpHead.read(in);
          InputStream content = head.content(in);
          if (!head.header("content-type").startsWith("text/event-stream")) {
            return checked(HttpAnswer.read(head, content, MAX_ANSWER));
          }
          EventReader events = new EventReader(content, lastId);
          for (Optional<ServerEvent> event = events.next();
              event.isPresent();
              event = events.next()) {
            heard.accept(event.get());
            deadline.extend();
          }
          return Json.object();
        });
  }

  /** Hands on what is at {@code path}, and again whenever it has changed, for ever. */
  void watch(String path, Consumer<JsonNode> changed) {
    String etag = "";
    while (!Thread.currentThread().isInterrupted()) {
      etag = next(path, etag, changed);
    }
  }

  /**
   * Hands on what is at {@code path}, and again whenever it has changed, until it is {@code over}.
   *
   * @return the last
   */
  JsonNode watchUntil(String path, Predicate<JsonNode> over, Consumer<JsonNode> changed) {
    JsonNode[] last = {Json.object()};
    String etag = "";
    do {
      etag =
          next(
              path,
              etag,
              now -> {
                last[0] = now;
                changed.accept(now);
              });
    } while (!over.test(last[0]));
    return last[0];
  }

  private String next(String path, String etag, Consumer<JsonNode> changed) {
    String known = etag.isEmpty() ? "" : "If-None-Match: " + etag + "\r\n";
    return exchange(
        request("GET", path, JSON + known, new byte[0]),
        (in, deadline) -> {
          HttpHead head = HttpHead.read(in);
          if (head.status() != NOT_MODIFIED) {
            changed.accept(checked(HttpAnswer.read(head, head.content(in), MAX_ANSWER)));
          }
          return head.header("etag");
        });
  }

  private JsonNode call(byte[] request) {
    return exchange(request, (in, deadline) -> checked(HttpAnswer.read(in, MAX_ANSWER)));
  }

  private JsonNode checked(HttpAnswer answer) {
    JsonNode content = answer.json();
    if (answer.status() == UNAUTHENTICATED
        && content.path("type").asText().endsWith(":unauthenticated")) {
      throw new CliException(
          Cloudy.FAILED,
          "Could not do this: the agent at %s does not know who you are. Log in: cloudy login LOGIN."
              .formatted(address.text()));
    }
    if (answer.status() >= 300) {
      String detail =
          content.path("detail").asText(content.path("title").asText("no reason given"));
      throw new CliException(Cloudy.FAILED, detail);
    }
    return content;
  }

  private byte[] request(String method, String path, String headers, byte[] body) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + address.host()
            + "\r\nConnection: close\r\n"
            + identity
            + headers
            + (body.length == 0
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
            + "\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(headBytes.length + body.length).put(headBytes).put(body).array();
  }

  private <T> T exchange(byte[] request, Reading<T> reading) {
    try (SocketChannel channel = SocketChannel.open(address.socket());
        Deadline deadline = new Deadline(channel)) {
      if (address.tls()) {
        SSLSocket secure = SecureSocket.over(channel.socket(), address, ca);
        secure.getOutputStream().write(request);
        return reading.read(new BufferedInputStream(secure.getInputStream(), BUFFER), deadline);
      }
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      return reading.read(in, deadline);
    } catch (AsynchronousCloseException e) {
      throw unreachable("it did not answer in " + Deadline.MILLIS / 1000 + " s");
    } catch (UnresolvedAddressException e) {
      throw unreachable("the host is not known");
    } catch (IOException e) {
      throw unreachable(String.valueOf(e.getMessage()));
    }
  }

  private CliException unreachable(String reason) {
    return new CliException(
        Cloudy.UNREACHABLE,
        ("Could not reach the agent at %s: %s. Is it running, and may you use its socket? Name"
                + " another with --api.")
            .formatted(address.text(), reason));
  }
}
