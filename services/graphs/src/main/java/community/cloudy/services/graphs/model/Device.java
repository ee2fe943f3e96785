package community.cloudy.services.graphs.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A device to watch.
 *
 * @param id names it and its files for good: 1 to 40 of {@code A-Z a-z 0-9 -}, so that no path can
 *     be made of it
 * @param title for people; may be empty, and may hold anything but control characters
 * @param node the id of the node (a place with devices) it stands at; empty if none is known
 * @param address where it is asked; empty if its source names none, it is then not asked
 * @param credential the name of the SNMP credential it is asked with; empty to ask no SNMP
 * @param ports the interfaces to measure: those its source names, and those found on it
 * @param allPorts whether to measure all interfaces found on it, not only those its source names
 * @param clients the ids of the devices that are linked to it as clients of its access points
 */
public record Device(
    String id,
    String title,
    String node,
    Optional<InetAddress> address,
    Optional<String> credential,
    List<Port> ports,
    boolean allPorts,
    List<String> clients) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final int MAX_TITLE = 255;

  /** How many ports a device may have. */
  public static final int MAX_PORTS = 1024;

  /** Checks the limits and copies the lists. */
  public Device {
    ports = List.copyOf(ports);
    clients = List.copyOf(clients);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a device's id is 1 to 40 letters, digits and -: " + id);
    }
    if (title.length() > MAX_TITLE || title.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the title of device " + id + " cannot be used");
    }
    if (ports.size() > MAX_PORTS) {
      throw new IllegalArgumentException("device " + id + " has more than 1,024 ports");
    }
  }
}
