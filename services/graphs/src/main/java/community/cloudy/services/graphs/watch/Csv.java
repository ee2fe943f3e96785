package community.cloudy.services.graphs.watch;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.settings.Address;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the list that guifi.net's {@code cnml2mrtgcsv} answers with, a device a line: {@code
 * ID,#TITLE,ADDRESS[,PORTS],STATUS}. Version 2 has ports, {@code INDEX} or {@code NAME;SSID}, with
 * a bar between two; version 3 has none and stands for {@code eth0}.
 */
final class Csv {
  /** What stands for a device of which no interface is named, as the legacy servers had it. */
  static final Port FIRST = new Port(0, Optional.of("eth0"), OptionalInt.empty(), "");

  private static final int MAX_LINE = 8192;
  private static final int MAX_PORTS = 64;

  private final Map<String, Device> devices = new LinkedHashMap<>();
  private int skipped;

  private Csv() {}

  /**
   * Reads a list.
   *
   * @throws ServiceException if it is no such list
   */
  static Listed read(Path document) throws IOException {
    Csv csv = new Csv();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(document), 1 << 16)) {
      byte[] line = new byte[MAX_LINE];
      int length = 0;
      int lines = 0;
      for (int c = in.read(); c >= 0 || length > 0; c = in.read()) {
        if (c >= 0 && c != '\n') {
          if (length == MAX_LINE) {
            throw broken(lines + 1, "it is longer than " + MAX_LINE + " bytes");
          }
          line[length++] = (byte) c;
        } else {
          csv.line(++lines, new String(line, 0, length, StandardCharsets.UTF_8).strip());
          length = 0;
        }
      }
    }
    return new Listed(List.copyOf(csv.devices.values()), Map.of(), csv.skipped);
  }

  private static ServiceException broken(int line, String why) {
    return new ServiceException(
        Code.INVALID,
        "Could not read the list of devices: line %d: %s. What was read before stays."
            .formatted(line, why));
  }

  private void line(int number, String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    List<String> fields = Arrays.asList(line.split(",", -1));
    if (fields.size() < 4 || !fields.get(0).matches("[0-9]{1,20}")) {
      throw broken(number, "it does not begin with the number of a device, or has under 4 fields");
    }
    if (devices.size() >= Listed.MAX_DEVICES) {
      throw broken(number, "there are more than " + Listed.MAX_DEVICES + " devices");
    }
    int last = fields.size() - 1;
    if (!Listed.stands(fields.get(last))) {
      return;
    }
    // A title may hold commas, so the rest is found from the end.
    boolean hasPorts = Address.parsed(fields.get(last - 1).strip()).isEmpty() && last >= 4;
    int at = hasPorts ? last - 2 : last - 1;
    Optional<InetAddress> address = Address.parsed(fields.get(at).strip());
    if (address.isEmpty()) {
      skipped++;
      return;
    }
    String title = String.join(",", fields.subList(1, at)).replaceFirst("^#", "");
    List<Port> ports = hasPorts ? ports(fields.get(last - 1)) : List.of(FIRST);
    Device device =
        new Device(
            fields.get(0),
            Listed.title(title),
            "",
            address,
            Optional.empty(),
            ports.isEmpty() ? List.of(FIRST) : ports,
            false,
            List.of());
    devices.putIfAbsent(device.id(), device);
  }

  private static List<Port> ports(String text) {
    Map<Integer, Port> ports = new LinkedHashMap<>();
    List<String> entries = new ArrayList<>(Arrays.asList(text.strip().split("\\|", -1)));
    for (int place = 0; place < Math.min(entries.size(), MAX_PORTS); place++) {
      String entry = entries.get(place).strip();
      OptionalInt index = Cnml.index(entry);
      String name = Listed.title(entry.replaceFirst(";.*", ""));
      if (index.isPresent()) {
        int number = index.getAsInt();
        ports.putIfAbsent(number, new Port(number, Optional.empty(), index, ""));
      } else if (!name.isEmpty()) {
        String title = Listed.title(entry.contains(";") ? entry.replaceFirst("^[^;]*;", "") : "");
        ports.putIfAbsent(place, new Port(place, Optional.of(name), OptionalInt.empty(), title));
      }
    }
    return List.copyOf(ports.values());
  }
}
