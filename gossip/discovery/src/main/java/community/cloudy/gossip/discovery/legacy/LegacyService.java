package community.cloudy.gossip.discovery.legacy;

import community.cloudy.gossip.discovery.Text;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * One service as old nodes announce it, with their values. An old node has at most one of each type
 * and port. Nothing in it has been verified: any node may claim any address.
 *
 * @param type what it is, such as {@code syncthing} or {@code Docker}: 1 to 64 characters, case
 *     matters
 * @param description for people, with {@code _} for spaces
 * @param host {@code <hostname>.guifi.local}, or empty
 * @param address where it claims to be, usually IPv4, or empty
 * @param port 1 to 65535
 * @param microcloud the device or network of the node, or empty
 * @param text attributes such as {@code node_id=ABC}, or empty
 */
public record LegacyService(
    String type,
    String description,
    String host,
    String address,
    int port,
    String microcloud,
    String text) {
  private static final int MAX_TYPE = 64;
  private static final int MAX_TEXT = 512;
  private static final int REPLACEMENT = 0xfffd;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{0,253}");

  /**
   * Refuses what is too long, an unprintable type and what is no host or address; puts U+FFFD for
   * what must not be printed in the other texts.
   *
   * @throws IllegalArgumentException if refused; the message names the part
   */
  public LegacyService {
    if (type.isEmpty() || type.length() > MAX_TYPE) {
      throw new IllegalArgumentException("type must have 1 to " + MAX_TYPE + " characters");
    }
    if (type.codePoints().anyMatch(Text::isUnsafe)) {
      throw new IllegalArgumentException(
          "type must not hold control or formatting characters, nor < or >");
    }
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("host is not a host name");
    }
    if (!HOST.matcher(address).matches()) {
      throw new IllegalArgumentException("address is not an address");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to 65535");
    }
    description = printable("description", description);
    microcloud = printable("microcloud", microcloud);
    text = printable("text", text);
  }

  /**
   * Returns this as an old node can read it: white space ends an entry and an apostrophe a string
   * there, and {@code &} becomes a space. So spaces are {@code _}, apostrophes typographic, {@code
   * &} in prose is {@code +}, and of the attributes only the first stays, as with old nodes.
   */
  LegacyService forOldReaders() {
    int second = text.indexOf('&');
    return new LegacyService(
        plain(type),
        plain(description),
        host,
        address,
        port,
        plain(microcloud),
        plain(second < 0 ? text : text.substring(0, second)));
  }

  private static String plain(String value) {
    return mapped(
        value,
        point ->
            switch (point) {
              case '\'' -> '\u2019';
              case '&' -> '+';
              default ->
                  Character.isWhitespace(point) || Character.isSpaceChar(point) ? '_' : point;
            });
  }

  private static String printable(String what, String value) {
    if (value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(what + " has more than " + MAX_TEXT + " characters");
    }
    return mapped(value, point -> Text.isUnsafe(point) ? REPLACEMENT : point);
  }

  private static String mapped(String value, IntUnaryOperator map) {
    return value
        .codePoints()
        .map(map)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
