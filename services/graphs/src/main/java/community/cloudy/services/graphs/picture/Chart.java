package community.cloudy.services.graphs.picture;

import java.time.ZoneId;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one plot shows.
 *
 * @param title of strangers, of any length
 * @param axis what the axis of values is called; empty for nothing
 * @param from seconds since 1970
 * @param to the same
 * @param traces in the order in which they are drawn
 * @param mark a value to mark, the 95th percentile
 * @param notes lines below the legend
 */
record Chart(
    String title,
    String axis,
    long from,
    long to,
    List<Trace> traces,
    OptionalDouble mark,
    List<String> notes) {
  private static final int MAX_TRACES = 64;

  Chart {
    traces = List.copyOf(traces);
    notes = List.copyOf(notes);
    if (traces.size() > MAX_TRACES || to <= from) {
      throw new IllegalArgumentException("a picture has at most 64 curves, over some time");
    }
  }

  /**
   * How plots look.
   *
   * @param legacy whether they are laid out as rrdtool's for snpservices
   */
  record Style(Theme theme, Language language, ZoneId zone, boolean legacy) {}
}
