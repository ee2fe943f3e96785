package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Draws a series of values in one line of text; unknown ones are gaps. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * Draws values, of which each bar is the mean of some.
   *
   * @param values numbers or null
   * @param width how many bars
   */
  static String of(JsonNode values, int width) {
    List<Double> means = means(values, width);
    double most = means.stream().filter(Double::isFinite).max(Double::compare).orElse(0.0);
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      if (Double.isFinite(mean)) {
        int bar = most > 0 ? (int) Math.round(mean / most * (BARS.length() - 1)) : 0;
        line.append(BARS.charAt(Math.max(0, bar)));
      } else {
        line.append(' ');
      }
    }
    return line.toString();
  }

  private static List<Double> means(JsonNode values, int width) {
    List<Double> means = new ArrayList<>();
    int bars = Math.min(width, values.size());
    for (int bar = 0; bar < bars; bar++) {
      double sum = 0;
      int known = 0;
      for (int i = bar * values.size() / bars; i < (bar + 1) * values.size() / bars; i++) {
        if (values.get(i).isNumber()) {
          sum += values.get(i).asDouble();
          known++;
        }
      }
      means.add(known > 0 ? sum / known : Double.NaN);
    }
    return means;
  }
}
