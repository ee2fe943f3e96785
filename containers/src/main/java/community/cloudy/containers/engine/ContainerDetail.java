package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All there is to know of a container.
 *
 * @param summary what lists show
 * @param program what runs in it
 * @param startedAt when it was last started
 * @param finishedAt when it last ended
 * @param exitCode how it last ended; 0 while it has not
 * @param oomKilled whether it ended for want of memory
 * @param error why it could not be started; empty if it could
 * @param restarts how often the engine has started it again
 * @param mounts what it sees of the node
 * @param addresses its addresses by network
 * @param logPath where the engine keeps its log; empty if not in a file
 * @param hostConfig everything it may do, by the engine's own keys: strings, numbers, booleans,
 *     lists and maps. Keys that are null at the engine are left out
 */
public record ContainerDetail(
    Container summary,
    Program program,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    int exitCode,
    boolean oomKilled,
    String error,
    int restarts,
    List<Mount> mounts,
    Map<String, String> addresses,
    String logPath,
    Map<String, Object> hostConfig) {
  /** Takes copies. */
  public ContainerDetail {
    mounts = List.copyOf(mounts);
    addresses = Map.copyOf(addresses);
    hostConfig = Map.copyOf(hostConfig);
    error = Words.clean(error, 500);
  }

  /** Returns the ports it publishes whenever it runs; 0 is one that the engine chooses then. */
  public List<PublishedPort> wantedPorts() {
    return ContainerReader.boundPorts(new Raw(hostConfig).object("PortBindings"));
  }

  /** Returns its id. */
  public String id() {
    return summary.id();
  }
}
