package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.discovery.Text;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How our words become names and texts of DNS service discovery. */
public final class DnsNames {
  private static final int MAX_LABEL = 63;
  private static final int MAX_SERVICE = 15;
  private static final int MAX_TEXT_ENTRY = 255;
  private static final int MAX_TEXT = 1024;
  private static final Pattern COMMUNITY = Pattern.compile("[A-Za-z0-9-]{1,50}");
  private static final Pattern NOT_SERVICE = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGE_HYPHENS = Pattern.compile("^-|-$");
  private static final Pattern LETTER = Pattern.compile("[a-z]");
  private static final String LOCAL = ".local.";

  private DnsNames() {}

  /**
   * Returns the DNS-SD type, such as {@code _http._tcp}, under which a service is best found: web
   * pages by their scheme; all else by its own type, whose name is cut and cleaned to what RFC 6335
   * allows (15 lower-case letters, digits and single hyphens, at least one letter).
   *
   * @param serviceType as announced, such as {@code syncthing}
   * @param scheme of the endpoint, such as {@code https} or {@code udp}; may be empty
   */
  public static String serviceType(String serviceType, String scheme) {
    return switch (scheme) {
      case "http", "https" -> "_" + scheme + "._tcp";
      case "udp", "dns" -> "_" + serviceName(serviceType) + "._udp";
      default -> "_" + serviceName(serviceType) + "._tcp";
    };
  }

  private static String serviceName(String serviceType) {
    String name = NOT_SERVICE.matcher(serviceType.toLowerCase(Locale.ROOT)).replaceAll("-");
    name = EDGE_HYPHENS.matcher(name).replaceAll("");
    if (!LETTER.matcher(name).find()) {
      name = name.isEmpty() ? "service" : "x-" + name;
    }
    name = name.substring(0, Math.min(name.length(), MAX_SERVICE));
    return EDGE_HYPHENS.matcher(name).replaceAll("");
  }

  /**
   * Returns the type under which Serf agents look for each other: {@code _serf_NAME._tcp.local.}
   *
   * @throws IllegalArgumentException if no label of DNS can hold the community's name; the message
   *     is for people
   */
  static String serfType(String community) {
    if (!COMMUNITY.matcher(community).matches()) {
      throw new IllegalArgumentException(
          "Could not announce this node to Serf agents on the link: the community's name is not 1"
              + " to 50 letters, digits and hyphens. Give it such a name, on all its nodes.");
    }
    return "_serf_" + community + "._tcp" + LOCAL;
  }

  /**
   * Returns {@code name} as the first label of a service instance: at most 63 bytes; what jmdns
   * cannot write, or nobody should print, becomes a hyphen.
   */
  static String instance(String name) {
    StringBuilder label = new StringBuilder();
    int bytes = 0;
    for (int point : name.strip().codePoints().toArray()) {
      int put = isUnsafe(point) ? '-' : point;
      bytes += put < 0x80 ? 1 : put < 0x800 ? 2 : 3;
      if (bytes > MAX_LABEL) {
        break;
      }
      label.appendCodePoint(put);
    }
    // jmdns takes a leading underscore for the mark of a service type.
    String text = label.toString().strip().replaceFirst("^_+", "");
    return text.isEmpty() ? "cloudy" : text;
  }

  private static boolean isUnsafe(int point) {
    return Text.isUnsafe(point) || point > 0xffff || point == '.' || point == '\\';
  }

  /**
   * Returns a host label for one link of a node. Not the node's name alone: avahi on the same box
   * may use that, and another link must be another host, since every socket hears every link.
   */
  static String host(String node, byte[] address) {
    String name = NOT_SERVICE.matcher(node.toLowerCase(Locale.ROOT)).replaceAll("-");
    String host = "cloudy-" + EDGE_HYPHENS.matcher(name).replaceAll("");
    StringBuilder label = new StringBuilder(host.substring(0, Math.min(host.length(), 40)));
    for (int i = address.length - 2; i < address.length; i++) {
      label.append(i == address.length - 2 ? "-" : "").append(String.format("%02x", address[i]));
    }
    return label.toString();
  }

  /**
   * Returns the data of a TXT record (RFC 6763, section 6).
   *
   * @throws IllegalArgumentException if an entry has more than 255 bytes, or all over 1,024
   */
  static Bytes text(List<String> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String entry : entries) {
      byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > MAX_TEXT_ENTRY) {
        throw new IllegalArgumentException(
            "a text entry has " + bytes.length + " bytes, over " + MAX_TEXT_ENTRY);
      }
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    if (out.size() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "the text entries have " + out.size() + " bytes, over " + MAX_TEXT);
    }
    return Bytes.wrap(out.size() == 0 ? new byte[1] : out.toByteArray());
  }
}
