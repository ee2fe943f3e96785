package community.cloudy.containers.engine;

import java.util.List;

/**
 * The processes of a container, as the node's {@code ps} shows them.
 *
 * @param titles of the columns
 * @param rows as many cells each as there are titles
 */
public record ProcessTable(List<String> titles, List<List<String>> rows) {
  private static final int MAX_ROWS = 10_000;

  /** Takes copies, of so many rows at most. */
  public ProcessTable {
    titles = List.copyOf(titles);
    rows = rows.stream().limit(MAX_ROWS).map(List::copyOf).toList();
  }
}
