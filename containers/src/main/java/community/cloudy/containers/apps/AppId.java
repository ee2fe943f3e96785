package community.cloudy.containers.apps;

import com.google.re2j.Pattern;

/**
 * The name of an app within its catalogue, and the first name of its stacks.
 *
 * @param value lower-case letters, digits and hyphens; 1 to 40; no hyphen first or last
 */
public record AppId(String value) implements Comparable<AppId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  /** Checks the form. */
  public AppId {
    if (!FORM.matches(value)) {
      throw new IllegalArgumentException(
          "must be 1 to 40 of a-z, 0-9 and -, with no hyphen first or last");
    }
  }

  @Override
  public int compareTo(AppId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
