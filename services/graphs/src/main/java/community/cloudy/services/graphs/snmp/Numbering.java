package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.watch.Found;
import java.util.List;

/** Says which ports of a device are measured, and by which numbers. */
@FunctionalInterface
public interface Numbering {
  /** Returns the ports to measure of those found; those without an index were not found. */
  List<Port> numbered(Device device, List<Found> interfaces);
}
