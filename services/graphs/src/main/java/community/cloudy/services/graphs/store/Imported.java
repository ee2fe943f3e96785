package community.cloudy.services.graphs.store;

import java.util.List;

/**
 * What was taken over.
 *
 * @param taken names of files
 * @param left what was left out and why, a sentence each, at most 1,000
 */
public record Imported(List<FileName> taken, List<String> left) {
  /** Copies the lists. */
  public Imported {
    taken = List.copyOf(taken);
    left = List.copyOf(left);
  }
}
