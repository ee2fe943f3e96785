package community.cloudy.containers.engine;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The container engine of this node, whether or not it is there: the public face of this room.
 *
 * <p>Nothing is opened before it is used. When the engine is away, each request fails at once with
 * {@link EngineException.Code#UNAVAILABLE}, and the next finds out for itself whether it is back.
 * Methods may be called from any thread and block, at most for the configured timeout.
 */
public final class Engine implements AutoCloseable {
  private Engine() {}

  /**
   * Returns the engine at {@code config}, which need not be there.
   *
   * @param clock the time of day
   * @param random spreads attempts to reconnect
   */
  public static Engine at(EngineConfig config, InstantSource clock, RandomGenerator random) {
    return new Engine();
  }

  /** Returns the doors to containers. */
  public ContainerApi containers() {
    return new ContainerApi();
  }

  /** Returns the doors to images. */
  public ImageApi images() {
    return new ImageApi();
  }

  /** Returns the doors to volumes. */
  public VolumeApi volumes() {
    return new VolumeApi();
  }

  /** Returns the doors to networks. */
  public NetworkApi networks() {
    return new NetworkApi();
  }

  /** Returns whether the engine can be used; asks it unless its events are being read. */
  public EngineStatus status() {
    throw new UnsupportedOperationException();
  }

  /** Returns how the engine is set up. */
  public EngineInfo info() {
    throw new UnsupportedOperationException();
  }

  /** Returns what fills its disk. The engine takes long to add it up. */
  public DiskUsage diskUsage() {
    throw new UnsupportedOperationException();
  }

  /**
   * Tells {@code listener} what happens, from now on until the returned thing is closed. While
   * there are listeners, one connection is kept and made again when it is lost. The status is told
   * at once, or as soon as it is known.
   */
  public AutoCloseable listen(EngineListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Ends all streams and connections. */
  @Override
  public void close() {}
}
