package community.cloudy.gossip.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a node tells the community of one of its services.
 *
 * @param key the node's, which alone may change or withdraw the service
 * @param node the node's name, at most 128 bytes
 * @param id tells the node's services apart: 1 to 40 of a-z, 0-9 and {@code -}
 * @param sequence grows with each change by the node
 * @param ttlSeconds how long it stands without being repeated, 1 minute to 30 days
 * @param offer what is offered; empty means the service is withdrawn
 */
public record Announcement(
    NodeKey key, String node, String id, long sequence, int ttlSeconds, Optional<Offer> offer) {
  /** The shortest time an announcement stands, in seconds. */
  public static final int MIN_TTL = 60;

  /** The longest time an announcement stands, in seconds. */
  public static final int MAX_TTL = 30 * 24 * 3600;

  private static final int MAX_NODE = 128;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** Checks all but the offer, which has checked itself. */
  public Announcement {
    checkedNode(node);
    checkedId(id);
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence must be positive");
    }
    if (ttlSeconds < MIN_TTL || ttlSeconds > MAX_TTL) {
      throw new IllegalArgumentException("ttl must be " + MIN_TTL + " to " + MAX_TTL + " seconds");
    }
  }

  /** Returns {@code id} if it can be a service's. */
  public static String checkedId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id must have 1 to 40 characters of a-z, 0-9 and -, and not begin with -");
    }
    return id;
  }

  private static void checkedNode(String node) {
    Text.checked("node", node, 1, MAX_NODE);
    if (node.getBytes(StandardCharsets.UTF_8).length > MAX_NODE) {
      throw new IllegalArgumentException("node must have at most " + MAX_NODE + " bytes");
    }
  }

  /** Tells whether the node has withdrawn the service. */
  public boolean isWithdrawn() {
    return offer.isEmpty();
  }

  /**
   * What is offered.
   *
   * @param type the kind of service, such as {@code syncthing}: 1 to 32 of A-Z, a-z, 0-9, {@code
   *     .}, {@code _} and {@code -}
   * @param name for people, 1 to 64 characters
   * @param description for people, at most 200 characters
   * @param endpoints where it answers, 1 to 4
   * @param attributes details for programs, at most 16; values have at most 255 bytes
   * @param health as the node has found it
   */
  public record Offer(
      String type,
      String name,
      String description,
      List<ServiceEndpoint> endpoints,
      SortedMap<String, String> attributes,
      Health health) {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final int MAX_ENDPOINTS = 4;
    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_VALUE = 255;

    /** Checks everything; the message names the part that is wrong. */
    public Offer {
      if (!TYPE.matcher(type).matches()) {
        throw new IllegalArgumentException(
            "type must have 1 to 32 characters of A-Z, a-z, 0-9, ., _ and -");
      }
      Text.checked("name", name, 1, 64);
      Text.checked("description", description, 0, 200);
      endpoints = List.copyOf(endpoints);
      if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
        throw new IllegalArgumentException("endpoints must be 1 to " + MAX_ENDPOINTS);
      }
      attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
      if (attributes.size() > MAX_ATTRIBUTES) {
        throw new IllegalArgumentException("attributes must be at most " + MAX_ATTRIBUTES);
      }
      attributes.forEach(Offer::checkAttribute);
    }

    private static void checkAttribute(String key, String value) {
      if (!ATTRIBUTE.matcher(key).matches()) {
        throw new IllegalArgumentException(
            "attribute names must have 1 to 32 characters of A-Z, a-z, 0-9, _, . and -");
      }
      Text.checked("attribute " + key, value, 0, MAX_VALUE);
      if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
        throw new IllegalArgumentException(
            "attribute " + key + " must have at most " + MAX_VALUE + " bytes");
      }
    }

    /** Returns a copy with another health. */
    public Offer with(Health other) {
      return new Offer(type, name, description, endpoints, attributes, other);
    }
  }
}
