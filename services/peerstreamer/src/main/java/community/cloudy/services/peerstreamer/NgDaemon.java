package community.cloudy.services.peerstreamer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The REST of a PeerStreamer-ng daemon. What joins a channel by it watches through the daemon's
 * WebRTC gateway; the daemon forgets who does not say every few seconds that it still watches.
 */
final class NgDaemon {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWERS = Duration.ofSeconds(5);
  private static final int MOST = 256 * 1024;
  private static final int OK = 200;
  private static final int UNKNOWN = 404;

  private final String address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWERS).build();

  /** Makes a client of the daemon at a URL. */
  NgDaemon(String address) {
    this.address = address;
  }

  /**
   * Returns its channels: a list of {@code name}, {@code ipaddr}, {@code port}, {@code quality}.
   */
  JsonNode channels() {
    Reply reply = call("GET", "/channels", "");
    return reply.status() == OK ? reply.json() : refuse("list its channels", reply.status());
  }

  /** Joins a channel that the daemon knows, under an id of ours. */
  void join(String id, Peer peer) {
    String form = "ipaddr=%s&port=%d".formatted(peer.address(), peer.port());
    int status = call("POST", "/channels/" + id, form).status();
    if (status != OK) {
      refuse("join %s:%d".formatted(peer.address(), peer.port()), status);
    }
  }

  /** Says that somebody still watches; returns whether the daemon knows of it. */
  boolean keep(String id) {
    int status = call("UPDATE", "/channels/" + id, "").status();
    if (status != OK && status != UNKNOWN) {
      refuse("go on with " + id, status);
    }
    return status == OK;
  }

  private record Reply(int status, JsonNode json) {}

  private JsonNode refuse(String what, int status) {
    String why =
        switch (status) {
          case 400, UNKNOWN -> "it does not know the channel";
          case 409 -> "it cannot start a streamer";
          default -> "it answered " + status;
        };
    throw new ServiceException(
        Code.FAILED, "PeerStreamer-ng at %s could not %s: %s.".formatted(address, what, why));
  }

  private Reply call(String method, String path, String form) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(ANSWERS)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] body = in.readNBytes(MOST);
        boolean isJson = response.statusCode() == OK && body.length > 0;
        return new Reply(response.statusCode(), isJson ? JSON.readTree(body) : JSON.nullNode());
      }
    } catch (IOException e) {
      throw new ServiceException(
          Code.UNAVAILABLE, "PeerStreamer-ng does not answer at %s: %s".formatted(address, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(Code.UNAVAILABLE, "Interrupted.", e);
    }
  }
}
