package community.cloudy.containers.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the engine is.
 *
 * @param socket its unix socket
 * @param registryCredentials a file like {@code ~/.docker/config.json}, whose {@code auths} are
 *     shown to the registries they are for; read again for each pull
 * @param timeout how long it may be silent within an answer that is no stream; a stop may take its
 *     grace longer
 * @param streams how many may be open at once
 */
public record EngineConfig(
    Path socket, Optional<Path> registryCredentials, Duration timeout, int streams) {
  private static final String SCHEME = "unix://";

  /** Checks the path and the numbers. */
  public EngineConfig {
    if (!socket.isAbsolute()) {
      throw new IllegalArgumentException("the engine's socket must be an absolute path");
    }
    if (timeout.toMillis() < 100 || streams < 1) {
      throw new IllegalArgumentException("timeout must be 100 ms or more, streams 1 or more");
    }
  }

  /**
   * Returns the usual setting for an address like {@code unix:///var/run/docker.sock}.
   *
   * @throws IllegalArgumentException if it is none; the message is for people
   */
  public static EngineConfig of(String address) {
    if (!address.startsWith(SCHEME + "/")) {
      throw new IllegalArgumentException("the engine must be unix:// and an absolute path");
    }
    return new EngineConfig(
        Path.of(address.substring(SCHEME.length())), Optional.empty(), Duration.ofSeconds(60), 64);
  }
}
