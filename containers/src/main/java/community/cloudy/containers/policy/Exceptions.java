package community.cloudy.containers.policy;

import community.cloudy.containers.policy.Grant.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an admin allowed one stack, with who and when. Kept as a file of a line each: time, who and
 * what, between blanks.
 */
public record Exceptions(List<Granted> granted) {
  /** No exception. */
  public static final Exceptions NONE = new Exceptions(List.of());

  private static final int MOST = 64;
  private static final String HEADER =
      "# What an admin allowed this stack beyond the policy: when, who, what.\n";

  /**
   * One exception.
   *
   * @param by the admin's login name
   */
  public record Granted(Grant grant, String by, Instant at) {
    /** Checks that there is a name without blanks. */
    public Granted {
      if (by.isEmpty() || by.length() > 128 || by.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
        throw new IllegalArgumentException("who granted it is a name without blanks");
      }
    }
  }

  /** Checks that there are not too many. */
  public Exceptions {
    granted = List.copyOf(granted);
    if (granted.size() > MOST) {
      throw new IllegalArgumentException("a stack has at most " + MOST + " exceptions");
    }
  }

  /** Returns these and one more; one granted before stays as it was recorded. */
  public Exceptions with(Grant grant, String by, Instant at) {
    if (granted.stream().anyMatch(g -> g.grant().equals(grant))) {
      return this;
    }
    List<Granted> more = new ArrayList<>(granted);
    more.add(new Granted(grant, by, at));
    return new Exceptions(more);
  }

  /** Returns these without {@code grant}. */
  public Exceptions without(Grant grant) {
    return new Exceptions(granted.stream().filter(g -> !g.grant().equals(grant)).toList());
  }

  /** Returns whether {@code value} of {@code kind} was allowed, exactly so. */
  boolean allow(Kind kind, String value) {
    return granted.stream().anyMatch(g -> g.grant().equals(new Grant(kind, value)));
  }

  /** Returns the values that were allowed of {@code kind}. */
  List<String> values(Kind kind) {
    return granted.stream()
        .map(Granted::grant)
        .filter(g -> g.kind() == kind)
        .map(Grant::value)
        .toList();
  }

  /** Writes the file. */
  public String format() {
    StringBuilder text = new StringBuilder(HEADER);
    for (Granted g : granted) {
      text.append(g.at()).append(' ').append(g.by()).append(' ').append(g.grant()).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if a line is none of ours, naming it
   */
  public static Exceptions parse(String text) {
    List<Granted> granted = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        granted.add(line(line.strip(), number));
      }
    }
    return new Exceptions(granted);
  }

  private static Granted line(String line, int number) {
    String[] words = line.split(" +", -1);
    try {
      if (words.length == 3) {
        return new Granted(Grant.parse(words[2]), words[1], Instant.parse(words[0]));
      }
      throw new IllegalArgumentException("it has " + words.length + " words, not 3");
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
    }
  }

  /** Returns who allowed {@code grant}. */
  public Optional<Granted> find(Grant grant) {
    return granted.stream().filter(g -> g.grant().equals(grant)).findAny();
  }
}
