package community.cloudy.services.peerstreamer;

import community.cloudy.services.peerstreamer.Channel.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What nodes with PeerStreamer-ng say of their channels in the tag {@value #KEY}: Base64 of {@code
 * name,address,port,parameters,sdpuri}, several of them separated by semicolons.
 */
final class NgTag {
  static final String KEY = "psngc";

  private static final int MOST = 32;
  private static final int MAX_TAG = 4096;
  private static final int FIELDS = 5;
  private static final int MAX_NAME = 60;

  private NgTag() {}

  /**
   * A channel.
   *
   * @param title for people, without control characters
   * @param peer where it is joined, by the engine's dialect
   */
  record NgChannel(String title, Peer peer) {}

  /** Reads a tag; what in it is no channel is passed over. */
  static List<NgChannel> read(String node, String tag) {
    List<NgChannel> channels = new ArrayList<>();
    for (String entry : decoded(tag).split(";", MOST + 1)) {
      if (channels.size() < MOST) {
        channel(node, entry.strip()).ifPresent(channels::add);
      }
    }
    return channels;
  }

  private static String decoded(String tag) {
    if (tag.length() > MAX_TAG) {
      return "";
    }
    try {
      return new String(Base64.getDecoder().decode(tag.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Optional<NgChannel> channel(String node, String entry) {
    String[] fields = entry.split(",", FIELDS);
    if (fields.length < FIELDS - 1) {
      return Optional.empty();
    }
    String title = fields[0].replaceAll("[\\p{C}<>]", "").strip();
    if (title.isEmpty()) {
      return Optional.empty();
    }
    try {
      Peer peer = new Peer(fields[1].strip(), Integer.parseInt(fields[2].strip()), node);
      return Optional.of(
          new NgChannel(title.substring(0, Math.min(MAX_NAME, title.length())), peer));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
