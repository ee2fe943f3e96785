package community.cloudy.services.graphs.ping;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of the echo requests to an address.
 *
 * @param loss how many were not answered, in percent
 * @param latency the mean time an answer took, in milliseconds; NaN if none came
 * @param best the shortest, likewise
 * @param worst the longest, likewise
 */
record Echoes(double loss, double latency, double best, double worst) {
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9A-Fa-f:.]{2,45}) +: ((?:[0-9]{1,6}(?:\\.[0-9]{1,4})?|-)(?: .{0,400})?)");
  private static final Pattern COUNTS =
      Pattern.compile("([0-9]{1,4}) packets transmitted, ([0-9]{1,4}) received");
  private static final Pattern TIMES =
      Pattern.compile(
          "min/avg/max/mdev = ([0-9]{1,6}\\.[0-9]{1,4})/([0-9]{1,6}\\.[0-9]{1,4})/([0-9]{1,6}\\.[0-9]{1,4})/");

  /**
   * Reads what fping says in quiet mode: a line for each address with a time or {@code -} for each
   * request. Lines of other kinds are left out.
   */
  static Map<String, Echoes> ofFping(String said) {
    Map<String, Echoes> echoes = new HashMap<>();
    said.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> of(line.group(2)).ifPresent(e -> echoes.put(line.group(1), e)));
    return echoes;
  }

  private static Optional<Echoes> of(String times) {
    List<Double> answers = new ArrayList<>();
    int requests = 0;
    for (String time : times.strip().split(" +", -1)) {
      requests++;
      if (time.matches("[0-9]{1,6}(\\.[0-9]{1,4})?")) {
        answers.add(Double.valueOf(time));
      } else if (!time.equals("-")) {
        return Optional.empty();
      }
    }
    return Optional.of(of(answers, requests));
  }

  private static Echoes of(List<Double> answers, int requests) {
    if (answers.isEmpty()) {
      return new Echoes(100, Double.NaN, Double.NaN, Double.NaN);
    }
    DoubleSummaryStatistics all =
        answers.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    double loss = 100.0 * (requests - answers.size()) / requests;
    return new Echoes(loss, all.getAverage(), all.getMin(), all.getMax());
  }

  /** Reads the summary of the system's ping; empty if there is none. */
  static Optional<Echoes> ofPing(String said) {
    Matcher counts = COUNTS.matcher(said);
    if (!counts.find() || Integer.parseInt(counts.group(1)) == 0) {
      return Optional.empty();
    }
    double sent = Integer.parseInt(counts.group(1));
    double received = Math.min(sent, Integer.parseInt(counts.group(2)));
    Matcher times = TIMES.matcher(said);
    if (received == 0 || !times.find()) {
      return Optional.of(new Echoes(100, Double.NaN, Double.NaN, Double.NaN));
    }
    return Optional.of(
        new Echoes(
            100 * (sent - received) / sent,
            Double.parseDouble(times.group(2)),
            Double.parseDouble(times.group(1)),
            Double.parseDouble(times.group(3))));
  }
}
