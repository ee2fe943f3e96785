package community.cloudy.services.spi.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** What differs between two sets of files. */
final class Differences {
  private static final int CONTEXT = 3;

  private Differences() {}

  /** Returns it as {@code diff -u} writes it. */
  static String between(SortedMap<String, String> from, SortedMap<String, String> to) {
    TreeSet<String> names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      List<String> before = lines(from.getOrDefault(name, ""));
      List<String> after = lines(to.getOrDefault(name, ""));
      lines.addAll(
          UnifiedDiffUtils.generateUnifiedDiff(
              name, name, before, DiffUtils.diff(before, after), CONTEXT));
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }
}
