package community.cloudy.agent.api;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An API on a socket in a folder, and on a port, that answers for a fake community. */
public final class ApiRig implements AutoCloseable {
  private final Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private ApiServer server;

  public ApiRig(Path folder) throws IOException {
    this.folder = folder;
    server = start();
  }

  private ApiServer start() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cloudy.yaml"),
            "api: {listen: 127.0.0.1:0, socket: %s}\n".formatted(socket()));
    return ApiServer.start(
        new Node(
            "1",
            new ConfigFiles(Optional.of(file), List.of()).load(),
            "",
            community,
            changes,
            community.events(),
            () -> Instant.EPOCH,
            Instant.EPOCH,
            () -> {}));
  }

  public Path socket() {
    return folder.resolve("sock");
  }

  public FakeCommunity community() {
    return community;
  }

  public EventLog events() {
    return community.events();
  }

  ApiServer server() {
    return server;
  }

  RawHttp unix() {
    return RawHttp.unix(socket());
  }

  RawHttp tcp() {
    return RawHttp.tcp(server.port().orElseThrow());
  }

  /** Publishes a user event. */
  public void publish(String name) {
    events().publish(EventType.USER, Json.object().put("name", name));
  }

  /** Stops the API; its community and its events live on. */
  public void stop() {
    server.close();
  }

  /** Starts another API on the same socket. */
  public void restart() throws IOException {
    server = start();
  }

  /** Returns once so many callers follow streams. */
  public void awaitFollowing(int count) {
    while (server.following() != count) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
