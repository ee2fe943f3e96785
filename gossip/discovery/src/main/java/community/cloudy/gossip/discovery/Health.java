package community.cloudy.gossip.discovery;

/**
 * How a service is, with the evidence: never green without it.
 *
 * @param state what is believed
 * @param evidence why, for people: at most 120 characters, safe to print; cut if longer
 */
public record Health(State state, String evidence) {
  /** Characters of evidence kept. */
  public static final int MAX_EVIDENCE = 120;

  /** What is believed of a service. */
  public enum State {
    /** A check has proved that it works. */
    OK,
    /** Checks have failed often enough to believe them. */
    FAILING,
    /** Nobody has checked, or nobody can. */
    UNKNOWN
  }

  /** Cuts the evidence and takes out what cannot be printed. */
  public Health {
    evidence = Text.printable(evidence, MAX_EVIDENCE);
  }

  /** Returns that nobody has looked yet. */
  public static Health unchecked() {
    return new Health(State.UNKNOWN, "not checked yet");
  }
}
