package community.cloudy.agent.api;

/**
 * What the doctor found.
 *
 * @param name of the check
 * @param state how it went
 * @param evidence what was seen
 * @param remedy what to do; empty if nothing
 */
record Finding(String name, State state, String evidence, String remedy) {
  /** How a check went. */
  enum State {
    /** Nothing is wrong. */
    OK,
    /** Something is, and the remedy says what to do. */
    FAILING,
    /** It could not be found out. */
    UNKNOWN
  }

  static Finding ok(String name, String evidence) {
    return new Finding(name, State.OK, evidence, "");
  }

  static Finding failing(String name, String evidence, String remedy) {
    return new Finding(name, State.FAILING, evidence, remedy);
  }

  static Finding unknown(String name, String evidence, String remedy) {
    return new Finding(name, State.UNKNOWN, evidence, remedy);
  }
}
