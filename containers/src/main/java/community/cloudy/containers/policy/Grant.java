package community.cloudy.containers.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing an admin allows a stack that the policy would refuse, written {@code kind} or {@code
 * kind:value}: {@code privileged}, {@code device:/dev/ttyUSB0}, {@code bind:/srv/media}.
 *
 * @param value what exactly; empty for a kind that needs none
 */
public record Grant(Kind kind, String value) {
  private static final int MAX_LENGTH = 512;

  /** What can be granted. */
  public enum Kind {
    /** The whole machine. */
    PRIVILEGED(false),
    /** A device, by its path. */
    DEVICE(true),
    /** A folder or file of the node and what is beneath it, by its path. */
    BIND(true),
    /** The engine's socket, which is the whole machine too. */
    ENGINE_SOCKET(false),
    /** A capability, by its name without CAP_. */
    CAP(true),
    /** A namespace of the node: network, pid, ipc, uts, userns or cgroup. */
    HOST(true),
    /** Ports on another address than the node's. */
    ADDRESS(true),
    /** A network of the stack with these addresses. */
    SUBNET(true),
    /** A network that is not the stack's, by its name. */
    NETWORK(true),
    /** A volume that is not the stack's, by its name. */
    VOLUME(true),
    /** An option of security_opt. */
    SECURITY(true),
    /** A kernel setting, by its name. */
    SYSCTL(true),
    /** Memory beyond the most a container may ask for: {@code 8g}. */
    MEMORY(true),
    /** Processors beyond it. */
    CPUS(true),
    /** Processes beyond it. */
    PIDS(true);

    private final boolean hasValue;

    Kind(boolean hasValue) {
      this.hasValue = hasValue;
    }

    /** Returns its name as it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findAny();
    }
  }

  /** Checks that the value is there exactly if the kind has one. */
  public Grant {
    if (kind.hasValue == value.isEmpty()) {
      throw new IllegalArgumentException(
          "an exception of kind " + kind.word() + (kind.hasValue ? " needs a value" : " has none"));
    }
    if (value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("an exception has no blanks and at most 512 characters");
    }
    boolean path = kind == Kind.BIND || kind == Kind.DEVICE;
    if (path && (!value.startsWith("/") || value.contains("/../") || value.endsWith("/.."))) {
      throw new IllegalArgumentException(kind.word() + " needs an absolute path without ..");
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is no grant, with the reason
   */
  public static Grant parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    Kind kind =
        Kind.of(word)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        word
                            + " is no kind of exception; there are "
                            + Arrays.stream(Kind.values())
                                .map(Kind::word)
                                .collect(Collectors.joining(", "))));
    return new Grant(kind, colon < 0 ? "" : text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return value.isEmpty() ? kind.word() : kind.word() + ":" + value;
  }
}
