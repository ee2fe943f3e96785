package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.picture.Language.Word;
import community.cloudy.services.graphs.picture.Paper.Anchor;
import community.cloudy.services.graphs.picture.Paper.Letters;
import community.cloudy.services.graphs.picture.Paper.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what the curves of a chart are, and their figures, below it. */
final class Legend {
  private final Chart chart;
  private final Chart.Style style;
  private final Frame frame;
  private final Paper paper;
  private final Letters text;
  private final Letters faint;

  Legend(Chart chart, Chart.Style style, Frame frame, Paper paper) {
    this.chart = chart;
    this.style = style;
    this.frame = frame;
    this.paper = paper;
    this.text = new Letters(frame.legend(), style.theme().text(), false, style.legacy());
    this.faint = new Letters(frame.legend(), style.theme().faint(), false, style.legacy());
  }

  /** Returns how many rows a chart needs. */
  static int rows(Chart chart) {
    return 1 + chart.traces().size() + (chart.notes().size() > chart.traces().size() ? 1 : 0);
  }

  void draw() {
    int rows = frame.rows();
    if (rows < 2) {
      return;
    }
    List<Word> columns = columns();
    double y = frame.firstRow();
    if (!style.legacy()) {
      head(columns, y);
    } else {
      legacyHead(y);
    }
    int shown = chart.traces().size() <= rows - 1 ? chart.traces().size() : rows - 2;
    for (int i = 0; i < shown; i++) {
      row(chart.traces().get(i), i, columns, y + (i + 1) * frame.row());
    }
    double last = y + (shown + 1) * frame.row();
    if (shown < chart.traces().size()) {
      String more = style.language().say(Word.MORE);
      int count = chart.traces().size() - shown;
      write(String.format(Locale.ROOT, more, count), left() + 16, last, faint);
    } else if (chart.notes().size() > shown) {
      write(chart.notes().get(shown), left(), last, text);
    }
  }

  private double left() {
    return frame.whole().x() + (style.legacy() ? 15 : 14);
  }

  private List<Word> columns() {
    List<Word> columns = new ArrayList<>(List.of(Word.MEAN, Word.MAX));
    if (!frame.isNarrow()) {
      columns.add(0, Word.NOW);
      if (chart.traces().stream().anyMatch(Trace::isRate)) {
        columns.add(Word.TOTAL);
      }
    }
    return columns;
  }

  private double columnWidth() {
    return frame.isNarrow() ? 84 : Math.min(130, frame.plot().width() / 6);
  }

  private double right(int column, int of) {
    return frame.whole().right() - 18 - (of - 1 - column) * columnWidth();
  }

  private void head(List<Word> columns, double y) {
    for (int i = 0; i < columns.size(); i++) {
      Point at = new Point(right(i, columns.size()), y);
      paper.text(style.language().say(columns.get(i)), at, Anchor.END, faint);
    }
  }

  private void row(Trace trace, int index, List<Word> columns, double y) {
    double size = frame.legend() * 0.8;
    Box sample = new Box(left(), y - size + 0.5, size, size);
    paper.fill(sample, trace.color());
    if (style.legacy()) {
      write(legacyRow(trace, index), left() + size + 4, y, text);
      return;
    }
    double name = left() + size + 7;
    double room = right(0, columns.size()) - columnWidth() * 0.8 - name;
    write(paper.cut(trace.name(), room, text), name, y, text);
    if (trace.look() == Trace.Look.BAND) {
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      Point at = new Point(right(i, columns.size()), y);
      paper.text(figure(trace, columns.get(i)), at, Anchor.END, text);
    }
  }

  private static String figure(Trace trace, Word column) {
    return switch (column) {
      case NOW -> trace.unit().write(trace.now());
      case MEAN -> trace.unit().write(trace.mean());
      case MAX -> trace.unit().write(trace.max().orElse(Double.NaN));
      default -> trace.isRate() ? Unit.VOLUME.write(trace.volume()) : "";
    };
  }

  private void write(String words, double x, double y, Letters type) {
    paper.text(words, new Point(x, y), Anchor.START, type);
  }

  private boolean isRates() {
    return chart.traces().stream().anyMatch(Trace::isRate);
  }

  /** The columns are as wide as those of snpservices' commands for rrdtool. */
  private void legacyHead(double y) {
    String head =
        isRates()
            ? String.format(Locale.ROOT, "%32s%11s%13s%12s%16s", "", "Now", "Avg", "Max", "Total")
            : String.format(Locale.ROOT, "%14s%8s%16s%17s", "", "Now", "Avg", "Max");
    write(head, left(), y, text);
  }

  private String legacyRow(Trace trace, int index) {
    List<Double> figures = List.of(trace.now(), trace.mean(), trace.max().orElse(Double.NaN));
    if (trace.isRate()) {
      String values = figures.stream().map(Legacy::prefixed).collect(Collectors.joining(" "));
      return String.format(
          Locale.ROOT, "%30s  %s%15s", trace.name(), values, Legacy.volume(trace.volume()));
    }
    String unit = trace.unit() == Unit.PERCENT ? " %    " : " msec.";
    String values =
        figures.stream().map(f -> Legacy.fixed(f) + unit).collect(Collectors.joining(" "));
    String note = index < chart.notes().size() ? chart.notes().get(index) : "";
    return String.format(Locale.ROOT, "%12s  %s %s", trace.name(), values, note);
  }
}
