package community.cloudy.agent.cli;

import community.cloudy.agent.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns of text; what it is given need not be safe to print. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    add(titles);
  }

  void add(String... cells) {
    rows.add(List.of(cells).stream().map(Printable::of).toList());
  }

  void print(PrintWriter out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
