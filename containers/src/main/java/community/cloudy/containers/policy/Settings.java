package community.cloudy.containers.policy;

import community.cloudy.containers.engine.Limits;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What the policy knows of the node.
 *
 * @param limits what a container has that asks for nothing
 * @param most what a container may ask for
 * @param address the node's address in the community, to which published ports are bound
 * @param engineSocket the engine's socket
 */
public record Settings(Limits limits, Limits most, String address, Path engineSocket) {
  /** What a container has that asks for nothing, unless the node says otherwise. */
  public static final Limits LIMITS = new Limits(512L << 20, 1000, 256);

  /** How many times that a container may ask for. */
  private static final int MOST = 16;

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** Checks that {@code address} is one and that no limit is above the most. */
  public Settings {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("address must be an IP address, not " + address);
    }
    if (limits.memory() < 1 || limits.cpus() < 1 || limits.pids() < 1) {
      throw new IllegalArgumentException("memory, cpus and pids must all be limited");
    }
    if (limits.memory() > most.memory()
        || limits.cpus() > most.cpus()
        || limits.pids() > most.pids()) {
      throw new IllegalArgumentException("no limit may be above the most a container may ask for");
    }
  }

  /**
   * Returns the settings of a node that lets a container ask for 16 times what it has by itself.
   */
  public static Settings of(Limits limits, String address, Path engineSocket) {
    Limits most = new Limits(limits.memory() * MOST, limits.cpus() * MOST, limits.pids() * MOST);
    return new Settings(limits, most, address, engineSocket);
  }
}
