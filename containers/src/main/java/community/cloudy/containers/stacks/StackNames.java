package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import java.util.regex.Pattern;

/**
 * The names stacks may have: no underscore, which ends the name where Compose puts it before
 * others.
 */
final class StackNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private StackNames() {}

  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }

  static void check(String name) {
    if (!isOne(name)) {
      throw new StackException(
          Code.INVALID,
          "A stack's name has 1 to 40 of a-z, 0-9 and -, and begins with no -. Choose such a one.");
    }
  }
}
