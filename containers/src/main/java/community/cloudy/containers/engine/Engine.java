package community.cloudy.containers.engine;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The container engine of this node, whether or not it is there: the public face of this room.
 *
 * <p>Nothing is opened before it is used. When the engine is away, each request fails at once with
 * {@link EngineException.Code#UNAVAILABLE}, and the next finds out for itself whether it is back.
 * Methods may be called from any thread and block, at most for the configured timeout.
 */
public final class Engine implements AutoCloseable {
  private static final int MAX_USAGE = 64 << 20;

  private final Connection connection;
  private final EngineWatch watch;
  private final InstantSource clock;
  private final ContainerApi containers;
  private final ImageApi images;
  private final VolumeApi volumes;
  private final NetworkApi networks;

  private Engine(EngineConfig config, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    connection = new Connection(config);
    watch = new EngineWatch(connection, clock, random);
    containers = new ContainerApi(connection);
    images = new ImageApi(connection, containers, clock);
    volumes = new VolumeApi(connection);
    networks = new NetworkApi(connection);
  }

  /**
   * Returns the engine at {@code config}, which need not be there.
   *
   * @param clock the time of day
   * @param random spreads attempts to reconnect
   */
  public static Engine at(EngineConfig config, InstantSource clock, RandomGenerator random) {
    return new Engine(config, clock, random);
  }

  /** Returns the door to containers. */
  public ContainerApi containers() {
    return containers;
  }

  /** Returns the door to images. */
  public ImageApi images() {
    return images;
  }

  /** Returns the door to volumes. */
  public VolumeApi volumes() {
    return volumes;
  }

  /** Returns the door to networks. */
  public NetworkApi networks() {
    return networks;
  }

  /** Returns whether the engine can be used; asks it unless its events are being read. */
  public EngineStatus status() {
    return watch.status().orElseGet(this::ask);
  }

  private EngineStatus ask() {
    try {
      EngineVersion version =
          connection.askOn(
              "use the engine",
              opened -> {
                opened.requests().pingCmd().exec();
                return opened.version();
              });
      return new EngineStatus.Ok(clock.instant(), version);
    } catch (EngineException e) {
      return watch.unknown(e);
    }
  }

  /** Returns how the engine is set up. */
  public EngineInfo info() {
    return connection.askOn(
        "ask how the engine is set up",
        opened -> {
          Raw raw = Raw.of(opened.requests().infoCmd().exec());
          return new EngineInfo(
              opened.version(),
              raw.text("DockerRootDir"),
              raw.text("Driver"),
              raw.text("CgroupVersion").equals("2") ? 2 : 1,
              raw.flag("MemoryLimit"),
              raw.flag("LiveRestoreEnabled"),
              raw.texts("Warnings"));
        });
  }

  /** Returns what fills its disk. The engine takes long to add it up. */
  public DiskUsage diskUsage() {
    return connection.askOn("ask what fills the engine's disk", Engine::diskUsage);
  }

  private static DiskUsage diskUsage(Connection.Opened opened) {
    DockerHttpClient.Request request =
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.GET)
            .path("/v" + opened.version().api() + "/system/df")
            .build();
    try (DockerHttpClient.Response response = opened.http().execute(request)) {
      if (response.getStatusCode() != 200) {
        throw new com.github.dockerjava.api.exception.DockerException(
            new String(
                response.getBody().readNBytes(4096), java.nio.charset.StandardCharsets.UTF_8),
            response.getStatusCode());
      }
      JsonNode usage = mapper().readTree(response.getBody());
      Map<String, Long> volumes = new HashMap<>();
      usage
          .path("Volumes")
          .forEach(
              volume ->
                  volumes.put(
                      volume.path("Name").asText(),
                      volume.path("UsageData").path("Size").asLong(-1)));
      return new DiskUsage(
          usage.path("LayersSize").asLong(),
          sum(usage.path("Containers"), "SizeRw"),
          volumes,
          sum(usage.path("BuildCache"), "Size"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxDocumentLength(MAX_USAGE).build());
    return mapper;
  }

  private static long sum(JsonNode items, String key) {
    long sum = 0;
    for (JsonNode item : items) {
      sum += item.path(key).asLong();
    }
    return sum;
  }

  /**
   * Tells {@code listener} what happens, from now on until the returned thing is run. While there
   * are listeners, one connection is kept and made again when it is lost. The status is told at
   * once, or as soon as it is known.
   */
  public Runnable listen(EngineListener listener) {
    return watch.listen(listener);
  }

  /** Ends all streams and connections. */
  @Override
  public void close() {
    watch.close();
    connection.close();
  }
}
