package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Function;
import community.cloudy.services.graphs.store.Layout.Source;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes readings into a head and tells which rows must be written, with the same results as {@code
 * rrdtool update} 1.7, to the oddities: seconds that are unknown are counted in whole numbers, and
 * a reading over more than one step first closes the step that was open.
 */
final class Update {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,30}");
  private static final double WRAP_32 = 0x1p32 - 1;
  private static final double WRAP_64 = 0x1p64 - 0x1p32;

  private final Head head;
  private final Rows rows;
  private final List<Source> sources;
  private final double[] rates;

  /** Is told of rows to write, before the head that says so. */
  @FunctionalInterface
  interface Rows {
    /**
     * Writes rows of an archive: the first of them with the cells' {@linkplain Cell#first first}
     * values, the rest with the {@linkplain Cell#others others}; after the last row of the archive
     * comes row 0.
     */
    void write(int archive, int first, int count) throws IOException;
  }

  Update(Head head, Rows rows) {
    this.head = head;
    this.rows = rows;
    this.sources = head.layout().sources();
    this.rates = new double[sources.size()];
  }

  /**
   * Takes readings.
   *
   * @param seconds since 1970
   * @param readings one a source; one that begins with U is unknown
   * @return false if the time is not after the last update's; nothing has changed then
   */
  boolean take(long seconds, int micros, List<String> readings) throws IOException {
    long last = head.seconds();
    if (seconds < last || (seconds == last && micros <= head.micros())) {
      return false;
    }
    double interval = seconds - last + (micros - head.micros()) / 1e6;
    double[] amounts = new double[sources.size()];
    for (int s = 0; s < amounts.length; s++) {
      amounts[s] = amount(s, readings.get(s), interval);
    }
    long step = head.layout().step();
    long begun = last - last % step;
    long ended = seconds - seconds % step;
    if (begun == ended) {
      add(amounts, interval);
    } else {
      pass(amounts, interval, begun, ended, seconds - ended + micros / 1e6);
    }
    head.time(seconds, micros);
    return true;
  }

  /** Returns rate times seconds; NaN if unknown. */
  private double amount(int s, String reading, double interval) {
    Source source = sources.get(s);
    boolean alive = source.heartbeat() >= interval;
    String before = alive ? head.reading(s) : "U";
    head.reading(s, reading);
    if (!alive || reading.startsWith("U")) {
      return Double.NaN;
    }
    double amount =
        switch (source.type()) {
          case GAUGE -> number(reading) * interval;
          case ABSOLUTE -> number(reading);
          case COUNTER, DERIVE -> difference(source.type(), before, reading);
        };
    double rate = source.type() == Layout.Type.GAUGE ? number(reading) : amount / interval;
    return rate > source.max() || rate < source.min() ? Double.NaN : amount;
  }

  private static double number(String reading) {
    try {
      return Double.parseDouble(reading);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static double difference(Layout.Type type, String before, String now) {
    if (!INTEGER.matcher(before).matches() || !INTEGER.matcher(now).matches()) {
      return Double.NaN;
    }
    double difference = new BigInteger(now).subtract(new BigInteger(before)).doubleValue();
    if (type == Layout.Type.COUNTER && difference < 0) {
      difference += WRAP_32;
      difference += difference < 0 ? WRAP_64 : 0;
    }
    return difference;
  }

  private void add(double[] amounts, double interval) {
    for (int s = 0; s < amounts.length; s++) {
      if (Double.isNaN(amounts[s])) {
        head.unknownSeconds(s, head.unknownSeconds(s) + (long) Math.floor(interval));
      } else {
        head.sum(s, known(head.sum(s), 0) + amounts[s]);
      }
    }
  }

  /** Goes over the ends of steps. */
  private void pass(double[] amounts, double interval, long begun, long ended, double after)
      throws IOException {
    long step = head.layout().step();
    long steps = (ended - begun) / step;
    double before = ended - head.seconds() - head.micros() / 1e6;
    long open = steps > 1 ? (long) before % step : 0;
    long done = begun / step;
    if (open == 0) {
      close(amounts, new Span(interval, before, after, steps, done));
      return;
    }
    double[] share = new double[amounts.length];
    for (int s = 0; s < share.length; s++) {
      share[s] = amounts[s] * open / interval;
      amounts[s] -= share[s];
    }
    close(share, new Span(open, open, 0, 1, done));
    close(amounts, new Span(interval - open, before - open, after, steps - 1, done + 1));
  }

  /**
   * The time that amounts came in.
   *
   * @param interval all of it, in seconds
   * @param before what of it lies before the end of the last step
   * @param after what of it lies after that
   * @param steps how many steps end in it
   * @param done how many steps since 1970 had ended before
   */
  private record Span(double interval, double before, double after, long steps, long done) {}

  private void close(double[] amounts, Span span) throws IOException {
    for (int s = 0; s < amounts.length; s++) {
      rates[s] = rate(s, amounts[s], span);
    }
    List<Archive> archives = head.layout().archives();
    for (int a = 0; a < archives.size(); a++) {
      consolidate(a, archives.get(a), span);
    }
  }

  private double rate(int s, double amount, Span span) {
    boolean known = !Double.isNaN(amount);
    double sum = head.sum(s);
    if (known) {
      sum = known(sum, 0) + amount / span.interval() * span.before();
    }
    long unknown = head.unknownSeconds(s);
    int step = head.layout().step();
    double rate = Double.NaN;
    if (span.interval() <= sources.get(s).heartbeat() && unknown <= step / 2.0) {
      rate = sum / (span.steps() * step - unknown - (known ? 0 : span.before()));
    }
    head.unknownSeconds(s, known ? 0 : (long) Math.floor(span.after()));
    head.sum(s, known ? amount / span.interval() * span.after() : Double.NaN);
    return rate;
  }

  private void consolidate(int a, Archive archive, Span span) throws IOException {
    int whole = archive.steps();
    long missing = whole - span.done() % whole;
    boolean ends = missing <= span.steps();
    for (int s = 0; s < rates.length; s++) {
      Cell cell = head.cell(a, s);
      if (whole == 1) {
        cell.first(rates[s]);
        if (span.steps() > 1) {
          cell.others(rates[s]);
        }
      } else if (ends) {
        end(cell, archive, rates[s], missing, (span.steps() - missing) % whole);
      } else if (Double.isNaN(rates[s])) {
        cell.unknown(cell.unknown() + span.steps());
      } else {
        cell.value(more(archive.function(), cell.value(), rates[s], span.steps()));
      }
    }
    if (ends) {
      int count = (int) Math.min((span.steps() - missing) / whole + 1, archive.rows());
      rows.write(a, (head.row(a) + 1) % archive.rows(), count);
      head.row(a, (head.row(a) + count) % archive.rows());
    }
  }

  /** Ends a row of an archive and begins the next, into which the rate reaches by some steps. */
  private static void end(Cell cell, Archive archive, double rate, long missing, long over) {
    boolean known = !Double.isNaN(rate);
    long unknown = cell.unknown() + (known ? 0 : missing);
    cell.others(rate);
    cell.first(
        unknown > archive.steps() * archive.unknown()
            ? Double.NaN
            : result(archive, cell.value(), rate, missing, unknown));
    boolean reaches = known && over > 0;
    cell.value(
        switch (archive.function()) {
          case AVERAGE -> reaches ? rate * over : 0;
          case MIN -> reaches ? rate : Double.POSITIVE_INFINITY;
          case MAX -> reaches ? rate : Double.NEGATIVE_INFINITY;
          case LAST -> reaches ? rate : Double.NaN;
        });
    cell.unknown(known ? 0 : over);
  }

  private static double result(
      Archive archive, double value, double rate, long missing, long unknown) {
    return switch (archive.function()) {
      case AVERAGE -> (known(value, 0) + known(rate, 0) * missing) / (archive.steps() - unknown);
      case MIN ->
          Math.min(known(value, Double.POSITIVE_INFINITY), known(rate, Double.POSITIVE_INFINITY));
      case MAX ->
          Math.max(known(value, Double.NEGATIVE_INFINITY), known(rate, Double.NEGATIVE_INFINITY));
      case LAST -> rate;
    };
  }

  private static double more(Function function, double value, double rate, long steps) {
    boolean known = !Double.isNaN(value);
    return switch (function) {
      case AVERAGE -> known ? value + rate * steps : rate * steps;
      case MIN -> known ? Math.min(value, rate) : rate;
      case MAX -> known ? Math.max(value, rate) : rate;
      case LAST -> rate;
    };
  }

  private static double known(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : value;
  }
}
