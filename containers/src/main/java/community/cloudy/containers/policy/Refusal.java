package community.cloudy.containers.policy;

/**
 * One thing the policy does not let pass.
 *
 * @param key where it is in the model: {@code services.web.privileged}; empty for a whole file
 * @param file the file it was found in, by its name in the stack's folder; empty if in none
 * @param line its line there, from 1; 0 if it is not known
 * @param reason what it would do, without a full stop
 * @param remedy what to do instead, a whole sentence
 */
public record Refusal(String key, String file, int line, String reason, String remedy) {
  /** Checks that it says something. */
  public Refusal {
    if (reason.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a refusal has a reason and a remedy");
    }
  }

  /** Returns it as a person reads it. */
  @Override
  public String toString() {
    String place = file.isEmpty() ? "" : file + (line > 0 ? " line " + line : "");
    String what = key.isEmpty() ? place : place.isEmpty() ? key : key + " (" + place + ")";
    return what + (what.isEmpty() ? "" : " ") + reason + ". " + remedy;
  }
}
