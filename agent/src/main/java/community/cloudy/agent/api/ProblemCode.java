package community.cloudy.agent.api;

/** Why a request was refused: part of the API, as {@code urn:cloudy:problem:<word>}. */
enum ProblemCode {
  BAD_REQUEST(400, "bad-request", "The request is not right"),
  UNAUTHENTICATED(401, "unauthenticated", "Who calls is not known"),
  LOGIN_REJECTED(401, "login-rejected", "Not let in"),
  FORBIDDEN(403, "forbidden", "Not allowed"),
  FOREIGN_PAGE(403, "foreign-page", "Another site's page"),
  CSRF(403, "csrf", "Not from a page of this node"),
  OFFLINE_SESSION(403, "offline-session", "Logged in while no directory answered"),
  NOT_FOUND(404, "not-found", "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "This cannot be done here"),
  EXISTS(409, "exists", "There is one already"),
  FULL(409, "full", "There is no room for more"),
  CONFLICT(409, "conflict", "This cannot be done as things are"),
  LEFT(409, "left", "The node has left the community"),
  CHANGED(412, "changed", "It is not as the caller knew it"),
  TOO_LARGE(413, "too-large", "The request is too large"),
  NOT_JSON(415, "not-json", "The request's content is not JSON"),
  WRONG_HOST(421, "wrong-host", "The node is not known by this name"),
  KEY_REUSED(422, "key-reused", "This key was used for another request"),
  POLICY(422, "policy", "This node's policy does not allow it"),
  THROTTLED(429, "throttled", "Too many attempts"),
  FAILED(500, "failed", "The node failed to do this"),
  KEYS_INCOMPLETE(502, "keys-incomplete", "Not every node did it"),
  UNREACHABLE(502, "unreachable", "No node answered"),
  UNHEALTHY(503, "unhealthy", "The node is not healthy"),
  UNAVAILABLE(503, "unavailable", "Nobody could judge"),
  BUSY(503, "busy", "Too many are waiting"),
  TIMEOUT(504, "timeout", "It took too long");

  private final int status;
  private final String word;
  private final String title;

  ProblemCode(int status, String word, String title) {
    this.status = status;
    this.word = word;
    this.title = title;
  }

  int status() {
    return status;
  }

  String word() {
    return word;
  }

  String title() {
    return title;
  }
}
