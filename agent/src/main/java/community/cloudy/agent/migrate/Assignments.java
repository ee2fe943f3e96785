package community.cloudy.agent.migrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain assignments of a file that another program would run: a shell's {@code KEY="value"} or
 * PHP's {@code $Key = 'value';}. What would have to be run to be known is not known.
 *
 * @param values by key; the last one counts, as it would
 * @param unread keys whose values are more than a text
 */
record Assignments(Map<String, String> values, List<String> unread) {
  private static final int MAX_LINES = 5000;
  private static final Pattern SHELL =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]{0,63})\\s*=\\s*(.*)");
  private static final Pattern PHP =
      Pattern.compile("\\s*\\$([A-Za-z_][A-Za-z0-9_]{0,63})(\\[.*?])?\\s*=\\s*(.*)");
  private static final Pattern SHELL_VALUE =
      Pattern.compile(
          "(?:'([^']*)'|\"((?:[^\"\\\\$`]|\\\\.)*)\"|([^\\s'\"\\\\$`;&|<>()#]*))\\s*;?\\s*(?:#.*)?");
  private static final Pattern PHP_VALUE =
      Pattern.compile(
          "(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\$]|\\\\.)*)\"|([A-Za-z0-9._-]+))\\s*;\\s*(?:(?://|#).*)?");

  /** Copies everything. */
  Assignments {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    unread = List.copyOf(unread);
  }

  static Assignments shell(String text) {
    return of(text, SHELL, 2, SHELL_VALUE);
  }

  static Assignments php(String text) {
    return of(text, PHP, 3, PHP_VALUE);
  }

  private static Assignments of(String text, Pattern line, int group, Pattern value) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> unread = new ArrayList<>();
    for (String each : text.lines().limit(MAX_LINES).toList()) {
      Matcher matcher = line.matcher(each);
      if (!matcher.matches()) {
        continue;
      }
      String key = matcher.group(1);
      Matcher plain = value.matcher(matcher.group(group));
      values.remove(key);
      if (plain.matches() && (group == 2 || matcher.group(2) == null)) {
        values.put(key, unquoted(plain));
      } else {
        unread.add(key);
      }
    }
    return new Assignments(values, unread);
  }

  private static String unquoted(Matcher plain) {
    return Optional.ofNullable(plain.group(1))
        .or(() -> Optional.ofNullable(plain.group(2)))
        .map(quoted -> quoted.replaceAll("\\\\(.)", "$1"))
        .orElseGet(() -> Optional.ofNullable(plain.group(3)).orElse(""));
  }
}
