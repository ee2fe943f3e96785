package community.cloudy.services.peerstreamer;

import community.cloudy.gossip.discovery.Text;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A channel that somebody on this node wants.
 *
 * @param id its name here and in its announcement: 1 to 27 of a-z, 0-9 and {@code -}
 * @param kind what the node does with it
 * @param title for people, 1 to 64 characters
 * @param source of a channel that begins here
 * @param peer of one that comes from another node
 * @param kbit the most kbit/s it may carry
 * @param ports that it uses
 */
record Channel(
    String id,
    Kind kind,
    String title,
    Optional<Source> source,
    Optional<Peer> peer,
    int kbit,
    Ports ports) {
  /** As long as fits behind {@code peerstreamer-} in an announcement's id. */
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,26}");

  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final int MAX_TITLE = 64;
  private static final int MAX_PORT = 65535;
  private static final int MAX_BYTE = 255;
  private static final int MULTICAST = 224;

  /** What the node does with a channel. */
  enum Kind {
    /** Sends what it reads from a source. */
    SOURCE,
    /** Watches what another node sends. */
    VIEWER,
    /** Watches it, and announces that others can get it here. */
    RELAY
  }

  /**
   * Where a channel comes from.
   *
   * @param address an IPv4 address: streamers know no names
   * @param port UDP
   * @param node its name; empty if nobody has said
   */
  record Peer(String address, int port, String node) {
    Peer {
      if (!isUnicast(address)) {
        throw new IllegalArgumentException("address must be an IPv4 address of one node");
      }
      if (port < 1 || port > MAX_PORT) {
        throw new IllegalArgumentException("port must be 1 to 65535");
      }
    }

    private static boolean isUnicast(String address) {
      if (!ADDRESS.matcher(address).matches()) {
        return false;
      }
      String[] bytes = address.split("\\.", -1);
      for (String one : bytes) {
        if (Integer.parseInt(one) > MAX_BYTE) {
          return false;
        }
      }
      int first = Integer.parseInt(bytes[0]);
      return first > 0 && first < MULTICAST;
    }

    String place() {
      return address + ":" + port;
    }
  }

  /**
   * UDP ports of a channel.
   *
   * @param peers on which other nodes reach it
   * @param input where the streamer takes what a source sends; unused by others
   * @param meter where the module counts what flows
   * @param hls where HLS is made of it
   */
  record Ports(int peers, int input, int meter, int hls) {}

  /** Checks everything. */
  Channel {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "channel must have 1 to 27 of a-z, 0-9 and -, and not begin with -");
    }
    if (title.isEmpty()
        || title.codePointCount(0, title.length()) > MAX_TITLE
        || title.codePoints().anyMatch(Text::isUnsafe)) {
      throw new IllegalArgumentException(
          "title must have 1 to 64 characters, none of them a control character, < or >");
    }
    if ((kind == Kind.SOURCE) != source.isPresent() || (kind == Kind.SOURCE) == peer.isPresent()) {
      throw new IllegalArgumentException("a source has a source, any other has a peer");
    }
  }

  /** Tells whether others are told of it. */
  boolean isAnnounced() {
    return kind != Kind.VIEWER;
  }
}
