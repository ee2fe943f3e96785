package community.cloudy.services.graphs.snmp;

/** A visit to a device came to an end since it gave no answer that can be used. */
final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean silent;

  Unanswered(Answer answer) {
    super(why(answer), null, false, false);
    silent = answer instanceof Answer.Silence;
  }

  private static String why(Answer answer) {
    return answer instanceof Answer.Refusal refusal ? refusal.why() : "no answer came in time";
  }

  boolean silent() {
    return silent;
  }
}
