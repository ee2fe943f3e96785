package community.cloudy.services.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program to supervise. It stays in the foreground, leads a process group of its own, and writes
 * what it says to a log that is rotated.
 *
 * @param name tells it from the module's other processes
 * @param command the program, by its path, and its arguments; no secrets among them
 * @param environment all of it
 * @param folder in which it runs
 * @param user whose rights it has; empty for the agent's
 * @param capabilities that it keeps as another user, such as {@code net_bind_service}
 * @param stopWithin from TERM to KILL
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path folder,
    Optional<String> user,
    List<String> capabilities,
    Duration stopWithin) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern CAPABILITY = Pattern.compile("[a-z_]{1,32}");

  /** Checks that everything can be handed to the system as it is. */
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    capabilities = List.copyOf(capabilities);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a process' name must be like main, not " + name);
    }
    if (command.isEmpty() || !command.get(0).startsWith("/")) {
      throw new IllegalArgumentException("a command must begin with the path of a program");
    }
    if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("an argument must not hold NUL");
    }
    if (user.isPresent() && !USER.matcher(user.get()).matches()) {
      throw new IllegalArgumentException("a user must be like proxy, not " + user.get());
    }
    if (!capabilities.stream().allMatch(c -> CAPABILITY.matcher(c).matches())) {
      throw new IllegalArgumentException("capabilities must be like net_bind_service");
    }
  }

  /** Returns a process with the agent's rights, little environment, and 10 s to end. */
  public static ProcessSpec of(String name, List<String> command, Path folder) {
    return new ProcessSpec(
        name,
        command,
        Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8", "HOME", folder.toString()),
        folder,
        Optional.empty(),
        List.of(),
        Duration.ofSeconds(10));
  }

  /** Returns a copy with the rights of {@code other} and these capabilities. */
  public ProcessSpec as(String other, List<String> kept) {
    return new ProcessSpec(
        name, command, environment, folder, Optional.of(other), kept, stopWithin);
  }

  /** Returns a copy with a variable more. */
  public ProcessSpec with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new ProcessSpec(name, command, more, folder, user, capabilities, stopWithin);
  }

  /** Returns a copy that has this long to end. */
  public ProcessSpec stopWithin(Duration time) {
    return new ProcessSpec(name, command, environment, folder, user, capabilities, time);
  }
}
