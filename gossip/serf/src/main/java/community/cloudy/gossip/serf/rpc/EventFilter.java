package community.cloudy.gossip.serf.rpc;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a client wants (specification B13).
 *
 * @param kinds one of them suffices
 */
record EventFilter(Set<Kind> kinds) {
  private static final Set<String> TYPES =
      Set.of(
          "*",
          "user",
          "query",
          "member-join",
          "member-leave",
          "member-failed",
          "member-update",
          "member-reap");

  /**
   * A kind of event.
   *
   * @param type its type, "*" for all
   * @param name of the user event or query; empty for all
   */
  record Kind(String type, String name) {
    private static Kind parse(String text) {
      int colon = text.indexOf(':');
      String type = colon < 0 ? text : text.substring(0, colon);
      return type.equals("user") || type.equals("query")
          ? new Kind(type, colon < 0 ? "" : text.substring(colon + 1))
          : new Kind(text, "");
    }

    private boolean matches(String event, String eventName) {
      return (type.equals("*") || type.equals(event)) && (name.isEmpty() || name.equals(eventName));
    }
  }

  /** Reads a list with commas; nothing if that is none. The empty text means all events. */
  static Optional<EventFilter> parse(String text) {
    Set<Kind> kinds =
        Stream.of((text.isEmpty() ? "*" : text).split(",", -1))
            .map(Kind::parse)
            .collect(Collectors.toUnmodifiableSet());
    return kinds.stream().allMatch(kind -> TYPES.contains(kind.type))
        ? Optional.of(new EventFilter(kinds))
        : Optional.empty();
  }

  boolean matches(String type, String name) {
    return kinds.stream().anyMatch(kind -> kind.matches(type, name));
  }
}
