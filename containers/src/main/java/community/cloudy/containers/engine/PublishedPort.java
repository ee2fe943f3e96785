package community.cloudy.containers.engine;

/**
 * A port of the node that leads into a container.
 *
 * @param address the node's address it listens on; empty means the engine's default, in general all
 * @param port the node's port; 0 in a request means any that is free
 * @param containerPort where it leads
 * @param protocol of both
 */
public record PublishedPort(String address, int port, int containerPort, Protocol protocol) {
  private static final int MAX_PORT = 65535;

  /** Checks the ranges. */
  public PublishedPort {
    if (port < 0 || port > MAX_PORT || containerPort < 1 || containerPort > MAX_PORT) {
      throw Names.invalid("port", "must be from 1 to 65535");
    }
    if (!address.matches("[0-9A-Fa-f.:]{0,45}")) {
      throw Names.invalid("port's address", "must be an IP address");
    }
  }

  /** Returns whether anybody who reaches the node reaches it. */
  public boolean isOnAllAddresses() {
    return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
  }
}
