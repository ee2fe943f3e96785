package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects what is refused, so that a person can mend a file in one round. */
final class Findings {
  private static final int MOST = 1000;

  private final Source source;
  private final Exceptions exceptions;
  private final List<Refusal> refusals = new ArrayList<>();

  Findings(Source source, Exceptions exceptions) {
    this.source = source;
    this.exceptions = exceptions;
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  void refuse(Key key, String reason, String remedy) {
    if (refusals.size() < MOST) {
      Source.Place place = source.find(key);
      refusals.add(new Refusal(key.toString(), place.file(), place.line(), reason, remedy));
    }
  }

  /** Refuses unless an admin granted exactly this. */
  void refuseUngranted(Key key, String reason, Kind kind, String value) {
    if (!exceptions.allow(kind, value)) {
      refuse(key, reason, remedy(new Grant(kind, value)));
    }
  }

  void unknown(Key key) {
    refuse(key, "is not a key this node allows", "Take it out.");
  }

  void malformed(Key key, String wanted) {
    refuse(key, "is not " + wanted, "Write it so, or take it out.");
  }

  static String remedy(Grant grant) {
    return "Take it out, or ask an admin for the exception " + grant + ".";
  }
}
