package community.cloudy.gossip.serf.rpc;

import java.util.Set;

/**
 * A request (specification C1).
 *
 * @param command what to do
 * @param seq the client's number of the request, repeated in every answer to it
 * @param body its arguments; none for commands without
 */
record Request(String command, long seq, Body body) {
  private static final Set<String> WITH_BODY =
      Set.of(
          "handshake",
          "auth",
          "event",
          "force-leave",
          "join",
          "members-filtered",
          "tags",
          "stream",
          "monitor",
          "stop",
          "query",
          "respond",
          "install-key",
          "use-key",
          "remove-key",
          "get-coordinate");
  private static final Set<String> WITHOUT_BODY = Set.of("members", "leave", "list-keys", "stats");

  static boolean hasBody(String command) {
    return WITH_BODY.contains(command);
  }

  /** Tells whether there is such a command. */
  boolean known() {
    return hasBody(command) || WITHOUT_BODY.contains(command);
  }
}
