package community.cloudy.containers.policy;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked for is not allowed on this node; it has every reason. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 20;

  private final transient List<Refusal> refusals;

  /** Creates one of at least one refusal. */
  public PolicyException(List<Refusal> refusals) {
    super(message(refusals));
    this.refusals = List.copyOf(refusals);
  }

  /** Returns every refusal, in the order of the model. */
  public List<Refusal> refusals() {
    return refusals;
  }

  private static String message(List<Refusal> refusals) {
    String shown =
        refusals.stream().limit(SHOWN).map(Refusal::toString).collect(Collectors.joining(" "));
    int rest = refusals.size() - SHOWN;
    return "Not allowed: " + shown + (rest > 0 ? " And " + rest + " more." : "");
  }
}
