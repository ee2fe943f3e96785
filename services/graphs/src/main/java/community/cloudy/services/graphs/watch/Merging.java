package community.cloudy.services.graphs.watch;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.DeviceSettings;
import community.cloudy.services.graphs.settings.Network;
import community.cloudy.services.graphs.settings.Sources;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what all sources say together: the first that names a device wins, and the settings come
 * first. Here alone is decided which credential a device is asked with.
 */
final class Merging {
  private final Sources settings;
  private final Map<String, CredentialSettings> credentials;
  private final Ports ports;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final Set<InetAddress> addresses = new HashSet<>();

  Merging(Sources settings, Ports ports) {
    this.settings = settings;
    this.ports = ports;
    credentials = settings.credentialsByName();
  }

  /** Returns all devices, without the ports that were found on them. */
  Inventory of(Listed cnml, Listed csv, Listed community) {
    Map<String, Device> listed = new HashMap<>();
    for (Listed source : List.of(community, csv, cnml)) {
      source.devices().forEach(device -> listed.put(device.id(), device));
    }
    for (DeviceSettings device : settings.devices()) {
      add(wanted(device, Optional.ofNullable(listed.get(device.id()))));
    }
    addAll(cnml, settings.cnml().networks(), settings.cnml().credential());
    addAll(csv, settings.csv().networks(), settings.csv().credential());
    addAll(community, List.of(), settings.community().credential());
    return new Inventory(devices, nodes);
  }

  private void add(Device device) {
    device.address().ifPresent(addresses::add);
    devices.put(device.id(), device);
  }

  /**
   * What a person has not written is as the source says. Their credential goes to the address they
   * have written; to a source's, only if it may go there anyway.
   */
  private Device wanted(DeviceSettings wanted, Optional<Device> listed) {
    Optional<InetAddress> written = wanted.address().map(a -> a.address());
    Optional<InetAddress> address = written.or(() -> listed.flatMap(Device::address));
    List<Port> named =
        wanted.ports().isEmpty()
            ? listed.map(Device::ports).orElse(List.of())
            : ports.named(wanted.id(), wanted.ports());
    return new Device(
        wanted.id(),
        Listed.title(wanted.title().or(() -> listed.map(Device::title)).orElse("")),
        wanted.node().or(() -> listed.map(Device::node)).orElse(""),
        address,
        written.isPresent() ? wanted.credential() : allowed(wanted.credential(), address),
        named,
        wanted.allPorts() || named.isEmpty(),
        listed.map(Device::clients).orElse(List.of()));
  }

  private Optional<String> allowed(Optional<String> credential, Optional<InetAddress> address) {
    return credential.filter(
        name ->
            address.isPresent()
                && Optional.ofNullable(credentials.get(name))
                    .map(known -> known.mayGoTo(address.get()))
                    .orElse(false));
  }

  private void addAll(Listed source, List<Network> networks, Optional<String> credential) {
    nodes.putAll(source.nodes());
    for (Device device : source.devices()) {
      if (!devices.containsKey(device.id())) {
        // A second device at an address is known, but the address is not asked twice.
        Optional<InetAddress> address =
            device.address().filter(one -> isWatched(one, networks) && !addresses.contains(one));
        add(
            new Device(
                device.id(),
                device.title(),
                device.node(),
                address,
                allowed(credential, address),
                device.ports(),
                device.allPorts(),
                device.clients()));
      }
    }
  }

  /** What others list must not make this node ask itself, its link or a group. */
  private static boolean isWatched(InetAddress address, List<Network> networks) {
    return networks.isEmpty()
        ? !address.isLoopbackAddress()
            && !address.isLinkLocalAddress()
            && !address.isMulticastAddress()
            && !address.isAnyLocalAddress()
        : networks.stream().anyMatch(network -> network.holds(address));
  }
}
