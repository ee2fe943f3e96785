package community.cloudy.gossip.serf.snapshot;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** What a snapshot file says: who is alive, and three clocks. Reads and writes its lines. */
final class SnapshotState {
  static final int MAX_MEMBERS = 100_000;
  static final int MAX_NAME = 512;

  private static final Bytes LEAVE = Bytes.utf8("leave");

  private final Map<Bytes, Endpoint> alive = new LinkedHashMap<>();
  private Clocks clocks = Clocks.ZERO;

  /**
   * The three Lamport clocks, unsigned.
   *
   * @param member of joins and leaves
   * @param event of user events
   * @param query of queries
   */
  record Clocks(long member, long event, long query) {
    static final Clocks ZERO = new Clocks(0, 0, 0);

    /** Returns the larger of each. */
    Clocks max(Clocks other) {
      return new Clocks(
          max(member, other.member), max(event, other.event), max(query, other.query));
    }

    private static long max(long a, long b) {
      return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
  }

  /**
   * Tells whether {@code name} can be written: one with a line feed would forge a line, one with a
   * NUL would look like a block the disk lost.
   */
  static boolean accepts(Bytes name) {
    boolean accepted = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; accepted && i < name.length(); i++) {
      accepted = name.at(i) != '\n' && name.at(i) != 0;
    }
    return accepted;
  }

  SnapshotState copy() {
    SnapshotState copy = new SnapshotState();
    copy.alive.putAll(alive);
    copy.clocks = clocks;
    return copy;
  }

  Map<Bytes, Endpoint> alive() {
    return alive;
  }

  Clocks clocks() {
    return clocks;
  }

  void clocks(Clocks value) {
    clocks = value;
  }

  void clear() {
    alive.clear();
    clocks = Clocks.ZERO;
  }

  /** Adds a member; false if the name or one member more cannot be accepted. */
  boolean add(Bytes name, Endpoint endpoint) {
    if (!accepts(name) || (alive.size() >= MAX_MEMBERS && !alive.containsKey(name))) {
      return false;
    }
    alive.put(name, endpoint);
    return true;
  }

  /**
   * Applies one line, without its line feed.
   *
   * @return false if it makes no sense
   */
  boolean apply(Bytes line, boolean rejoinAfterLeave) {
    if (line.equals(LEAVE)) {
      if (!rejoinAfterLeave) {
        clear();
      }
      return true;
    }
    String text = new String(line.array(), StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(": ");
    if (text.startsWith("#") || colon < 0) {
      return text.startsWith("#");
    }
    String value = text.substring(colon + 2);
    return switch (text.substring(0, colon)) {
      case "alive" -> applyAlive(value);
      case "not-alive" -> applyNotAlive(value);
      case "clock" -> applyClock(value, n -> new Clocks(n, clocks.event(), clocks.query()));
      case "event-clock" -> applyClock(value, n -> new Clocks(clocks.member(), n, clocks.query()));
      case "query-clock" -> applyClock(value, n -> new Clocks(clocks.member(), clocks.event(), n));
      // Long since unused, yet still found in old files.
      case "coordinate" -> true;
      default -> false;
    };
  }

  private boolean applyAlive(String value) {
    int space = value.lastIndexOf(' ');
    Optional<Endpoint> endpoint = HostPort.parse(value.substring(space + 1));
    return space > 0
        && endpoint.isPresent()
        && add(latin1(value.substring(0, space)), endpoint.get());
  }

  private boolean applyNotAlive(String value) {
    alive.remove(latin1(value));
    return !value.isEmpty();
  }

  private boolean applyClock(String value, LongFunction<Clocks> changed) {
    try {
      clocks = changed.apply(Long.parseUnsignedLong(value));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Returns the lines of a compacted file. */
  byte[] lines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * (alive.size() + 1));
    alive.forEach((name, endpoint) -> writeMember(out, name, Optional.of(endpoint)));
    writeClocks(out, clocks);
    return out.toByteArray();
  }

  /** Writes that a member is alive at an endpoint, or at none any more. */
  static void writeMember(ByteArrayOutputStream out, Bytes name, Optional<Endpoint> endpoint) {
    out.writeBytes(ascii(endpoint.isPresent() ? "alive: " : "not-alive: "));
    out.writeBytes(name.array());
    out.writeBytes(ascii(endpoint.map(e -> " " + HostPort.format(e)).orElse("") + "\n"));
  }

  static void writeClocks(ByteArrayOutputStream out, Clocks clocks) {
    out.writeBytes(ascii("clock: " + Long.toUnsignedString(clocks.member()) + "\n"));
    out.writeBytes(ascii("event-clock: " + Long.toUnsignedString(clocks.event()) + "\n"));
    out.writeBytes(ascii("query-clock: " + Long.toUnsignedString(clocks.query()) + "\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Names are raw bytes; Latin-1 carries every byte through a string unchanged. */
  private static Bytes latin1(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
