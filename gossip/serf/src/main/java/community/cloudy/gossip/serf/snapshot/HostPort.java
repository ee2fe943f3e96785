package community.cloudy.gossip.serf.snapshot;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An endpoint as Go writes it: {@code 10.1.2.3:7946}, {@code [2001:db8::1]:7946}. */
final class HostPort {
  private static final int LONGEST = 60;
  private static final Pattern FOUR = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+):(\\d+)");
  private static final Pattern SIX = Pattern.compile("\\[([0-9a-fA-F.]*:[0-9a-fA-F:.]+)]:(\\d+)");

  private HostPort() {}

  /** Formats as Go does: IPv4-mapped as IPv4, the longest run of zero groups as {@code ::}. */
  static String format(Endpoint endpoint) {
    byte[] raw = endpoint.address().array();
    boolean mapped = raw.length == 16 && mapped(raw);
    if (raw.length == 4 || mapped) {
      byte[] four = Arrays.copyOfRange(raw, raw.length - 4, raw.length);
      return new Endpoint(Bytes.wrap(four), endpoint.port()).toString();
    }
    return "[" + six(raw) + "]:" + endpoint.port();
  }

  /** Parses what {@link #format} returns, without ever asking a name server. */
  static Optional<Endpoint> parse(String text) {
    Matcher four = FOUR.matcher(text);
    Matcher six = SIX.matcher(text);
    try {
      if (text.length() > LONGEST) {
        return Optional.empty();
      }
      if (four.matches()) {
        byte[] raw = new byte[4];
        for (int i = 0; i < 4; i++) {
          raw[i] = octet(four.group(i + 1));
        }
        return Optional.of(endpoint(raw, four.group(5)));
      }
      return six.matches()
          ? Optional.of(endpoint(InetAddress.getByName(six.group(1)).getAddress(), six.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Endpoint endpoint(byte[] raw, String port) {
    return new Endpoint(Bytes.wrap(raw), Integer.parseInt(port));
  }

  private static byte octet(String digits) {
    int value = Integer.parseInt(digits);
    if (value > 255) {
      throw new IllegalArgumentException("octet " + value);
    }
    return (byte) value;
  }

  private static boolean mapped(byte[] raw) {
    for (int i = 0; i < 10; i++) {
      if (raw[i] != 0) {
        return false;
      }
    }
    return raw[10] == -1 && raw[11] == -1;
  }

  private static String six(byte[] raw) {
    int start = 8;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = zeros(raw, i);
      if (run > longest) {
        start = i;
        longest = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = text.length() == 0 || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(group(raw, i)));
      }
    }
    return text.toString();
  }

  private static int zeros(byte[] raw, int from) {
    int end = from;
    while (end < 8 && group(raw, end) == 0) {
      end++;
    }
    return end - from;
  }

  private static int group(byte[] raw, int index) {
    return (raw[2 * index] & 0xff) << 8 | (raw[2 * index + 1] & 0xff);
  }
}
