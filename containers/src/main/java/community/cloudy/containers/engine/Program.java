package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in a container. Empty lists and options mean: as the image says.
 *
 * @param entrypoint the first arguments
 * @param command the arguments that follow
 * @param environment variables; of a container that exists, the image's as well
 * @param user as {@code user:group}
 * @param folder where it starts
 * @param tty whether it has a terminal: then its output is one stream
 * @param init whether the engine puts a small init before it, that passes signals on and reaps
 */
public record Program(
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    Optional<String> user,
    Optional<String> folder,
    boolean tty,
    boolean init) {
  private static final int MAX_ARGUMENTS = 1000;
  private static final int MAX_TEXT = 128 * 1024;

  /** What the image says. */
  public static final Program OF_IMAGE =
      new Program(List.of(), List.of(), Map.of(), Optional.empty(), Optional.empty(), false, false);

  /** Checks the bounds. */
  public Program {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    check(entrypoint.size() + command.size() + environment.size() <= MAX_ARGUMENTS, "is too long");
    entrypoint.forEach(Program::checkText);
    command.forEach(Program::checkText);
    environment.forEach(
        (name, value) -> {
          check(
              !name.isEmpty() && name.indexOf('=') < 0,
              "must have variables with a name that holds no =");
          checkText(name);
          checkText(value);
        });
  }

  /** Returns one with other arguments. */
  public static Program of(String... command) {
    return new Program(
        List.of(), List.of(command), Map.of(), Optional.empty(), Optional.empty(), false, false);
  }

  private static void checkText(String text) {
    check(text.length() <= MAX_TEXT && text.indexOf('\0') < 0, "must not be so long, nor hold NUL");
  }

  private static void check(boolean fine, String rule) {
    if (!fine) {
      throw Names.invalid("container's program", rule);
    }
  }

  // Variables hold passwords.
  @Override
  public String toString() {
    return "Program[" + entrypoint + " " + command + ", variables=" + environment.keySet() + "]";
  }
}
