package community.cloudy.services.squid.settings;

import java.util.regex.Pattern;

/**
 * A group of the community's directory, or a role on this node.
 *
 * @param text a distinguished name, such as {@code cn=friends,ou=groups,dc=example,dc=org}, or
 *     {@code viewer}, {@code operator} or {@code admin}
 */
public record GroupName(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9-]*=[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,240}|viewer|operator|admin");

  /** Checks that it begins as one and is on one line. */
  public GroupName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a distinguished name such as cn=friends,ou=groups,dc=example,dc=org, or viewer,"
              + " operator or admin");
    }
  }
}
