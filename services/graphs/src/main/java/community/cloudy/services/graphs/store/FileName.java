package community.cloudy.services.graphs.store;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a file of the store, as snpservices named them. Only ever made of an id and a number, it
 * cannot lead out of the folder.
 *
 * @param device the device's id, 1 to 40 of {@code A-Z a-z 0-9 -}
 * @param kind what it holds
 * @param port the port's number; 0 if it is about the device
 */
public record FileName(String device, Kind kind, int port) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final Pattern FILE =
      Pattern.compile(
          "([A-Za-z0-9-]{1,40})_(ping|smoke)\\.rrd"
              + "|([A-Za-z0-9-]{1,40})-([0-9]{1,10})_(traf|wifi)\\.rrd");

  /** What a file holds; two sources each. */
  public enum Kind {
    /** Loss in percent, mean time of answers in ms. */
    PING(false),
    /** The shortest and the longest time of answers in ms. */
    SMOKE(false),
    /** Bytes a second received and sent. */
    TRAF(true),
    /** Signal in dBm, stations. */
    WIFI(true);

    private final boolean ofPort;

    Kind(boolean ofPort) {
      this.ofPort = ofPort;
    }
  }

  /** Checks the id and the number. */
  public FileName {
    if (!ID.matcher(device).matches() || port < 0 || (port > 0 && !kind.ofPort)) {
      throw new IllegalArgumentException("no file can be named by " + device + " and " + port);
    }
  }

  /** Names the pings of a device. */
  public static FileName ping(String device) {
    return new FileName(device, Kind.PING, 0);
  }

  /** Names the traffic of a device's port. */
  public static FileName traffic(String device, int port) {
    return new FileName(device, Kind.TRAF, port);
  }

  /** Returns the name in the folder. */
  public String file() {
    String suffix = "_" + kind.name().toLowerCase(Locale.ROOT) + ".rrd";
    return kind.ofPort ? device + "-" + port + suffix : device + suffix;
  }

  /** Reads a name; empty if it is none of the store's. */
  public static Optional<FileName> of(String file) {
    Matcher m = FILE.matcher(file);
    if (!m.matches()) {
      return Optional.empty();
    }
    if (m.group(1) != null) {
      return Optional.of(new FileName(m.group(1), kind(m.group(2)), 0));
    }
    try {
      FileName name = new FileName(m.group(3), kind(m.group(5)), Integer.parseInt(m.group(4)));
      return Optional.of(name).filter(n -> n.file().equals(file));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Kind kind(String suffix) {
    return Kind.valueOf(suffix.toUpperCase(Locale.ROOT));
  }
}
