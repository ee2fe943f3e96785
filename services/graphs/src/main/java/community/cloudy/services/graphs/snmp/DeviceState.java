package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a device is, as far as SNMP tells.
 *
 * @param device its id
 * @param condition whether it answers
 * @param since since when it is so
 * @param why the reason, for people, without the full stop; empty if it answers
 * @param answered when it last answered; empty if never since the agent began
 * @param name what it calls itself; empty if that is not known
 * @param ports what is measured; those without an index were not found on it
 * @param found how many interfaces were found on it
 * @param traffic the last of each port, by number
 * @param failures how many visits in a row were in vain
 * @param next when it is visited next; in the past if it is due
 */
public record DeviceState(
    String device,
    Condition condition,
    Instant since,
    String why,
    Optional<Instant> answered,
    String name,
    List<Port> ports,
    int found,
    Map<Integer, Sample.Traffic> traffic,
    int failures,
    Instant next) {
  /** Whether a device answers. */
  public enum Condition {
    /** Not asked yet. */
    UNKNOWN,
    /** It does. */
    ANSWERS,
    /** Nothing comes back. */
    SILENT,
    /** It, or this node, refuses; the reason says who and what. */
    REFUSED
  }

  /** Copies the collections. */
  public DeviceState {
    ports = List.copyOf(ports);
    traffic = Map.copyOf(traffic);
  }
}
