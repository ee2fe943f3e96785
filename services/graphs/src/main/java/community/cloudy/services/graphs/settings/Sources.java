package community.cloudy.services.graphs.settings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that says which devices are watched, and with what they may be asked. */
public record Sources(
    List<DeviceSettings> devices,
    CnmlSettings cnml,
    CsvSettings csv,
    CommunitySettings community,
    List<CredentialSettings> credentials) {
  /** Checks that ids and names are there once, and credentials that are named are there. */
  public Sources {
    devices = List.copyOf(devices);
    credentials = List.copyOf(credentials);
    Set<String> names = new HashSet<>();
    for (CredentialSettings credential : credentials) {
      if (!names.add(credential.name())) {
        throw new IllegalArgumentException(
            "must have one credential called " + credential.name() + ", not two");
      }
    }
    Set<String> ids = new HashSet<>();
    for (DeviceSettings device : devices) {
      if (!ids.add(device.id())) {
        throw new IllegalArgumentException("must have one device " + device.id() + ", not two");
      }
    }
    Stream.concat(
            devices.stream().map(DeviceSettings::credential),
            Stream.of(cnml.credential(), csv.credential(), community.credential()))
        .flatMap(Optional::stream)
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "must have a credential called %s, as it is named. There are: %s"
                      .formatted(name, names.stream().sorted().collect(Collectors.joining(", "))));
            });
  }

  /** Returns the credentials by name. */
  public Map<String, CredentialSettings> credentialsByName() {
    Map<String, CredentialSettings> byName = new HashMap<>();
    credentials.forEach(credential -> byName.put(credential.name(), credential));
    return byName;
  }
}
