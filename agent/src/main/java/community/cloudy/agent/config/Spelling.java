package community.cloudy.agent.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word was meant. */
final class Spelling {
  private static final int MAX_LENGTH = 40;

  private Spelling() {}

  /** Returns the nearest candidate, if it is near: two letters exchanged are two changes. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= slips(candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  private static int slips(String word) {
    return word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
  }

  /** Levenshtein's distance; words too long to be a slip are far from everything. */
  private static int distance(String a, String b) {
    if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
      return MAX_LENGTH;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
