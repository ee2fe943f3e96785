package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.picture.Language.Word;
import community.cloudy.services.graphs.picture.Paper.Anchor;
import community.cloudy.services.graphs.picture.Paper.Letters;
import community.cloudy.services.graphs.picture.Paper.Point;
import community.cloudy.services.graphs.picture.Trace.Look;
import community.cloudy.services.graphs.store.Series;
import java.util.ArrayList;
import java.util.List;

/** Draws a chart: title, axes, curves. */
final class Plot {
  private static final int HALF = 0x80ffffff;
  private static final int MOST_RULES = 10;

  private final Chart chart;
  private final Chart.Style style;
  private final Frame frame;
  private final Paper paper;
  private final Box box;
  private final Theme theme;
  private double low;
  private double high = 1;
  private double step = 1;

  Plot(Chart chart, Chart.Style style, Frame frame, Paper paper) {
    this.chart = chart;
    this.style = style;
    this.frame = frame;
    this.paper = paper;
    this.box = frame.plot();
    this.theme = style.theme();
  }

  void draw() {
    scale();
    paper.fill(box, theme.plot());
    gaps();
    if (frame.row() > 0) {
      title();
      values();
      times();
    }
    chart.traces().forEach(this::curve);
    mark();
    if (chart.traces().stream().allMatch(trace -> trace.known().findAny().isEmpty())) {
      Letters type = new Letters(frame.legend() + 1, theme.faint(), false, false);
      Point middle = new Point(box.x() + box.width() / 2, box.y() + box.height() / 2 + 4);
      paper.text(style.language().say(Word.NOTHING), middle, Anchor.MIDDLE, type);
    }
    Point corner = new Point(box.x(), box.bottom());
    paper.line(
        List.of(new Point(box.x(), box.y()), corner, new Point(box.right(), box.bottom())),
        1,
        theme.faint());
    if (frame.row() > 0) {
      new Legend(chart, style, frame, paper).draw();
    }
  }

  private List<Trace> onAxis() {
    return chart.traces().stream().filter(trace -> trace.look() != Look.SHARE).toList();
  }

  private void scale() {
    double max = 0;
    double min = 0;
    for (Trace trace : onAxis()) {
      max = Math.max(max, trace.max().orElse(0));
      min = Math.min(min, trace.known().min().orElse(0));
    }
    if (min < 0 && max <= 0) { // Signals: what is between them matters, not how far it is to 0.
      max = onAxis().stream().mapToDouble(t -> t.max().orElse(0)).max().orElse(0);
    }
    double range = max - min <= 0 ? 1 : max - min;
    double head = style.legacy() ? 1 : 1.02;
    double most = box.height() / (style.legacy() ? 22 : 32);
    step = Ticks.step(range * head, (int) Math.max(2, Math.min(MOST_RULES, most)));
    low = Math.floor(min / step) * step;
    high = Math.max(low + step, Math.ceil(max * head / step) * step);
  }

  private double x(double seconds) {
    double part = (seconds - chart.from()) / (chart.to() - chart.from());
    return box.x() + Math.max(0, Math.min(1, part)) * box.width();
  }

  private double y(double value) {
    double part = (value - low) / (high - low);
    return box.bottom() - Math.max(0, Math.min(1, part)) * box.height();
  }

  private void title() {
    Letters type = new Letters(frame.title(), theme.text(), !style.legacy(), false);
    double room = frame.whole().width() - 24;
    if (style.legacy()) {
      double middle = frame.whole().width() / 2;
      Point at = new Point(middle, box.y() - 7);
      paper.text(paper.cut(chart.title(), room, type), at, Anchor.MIDDLE, type);
      if (!frame.isNarrow()) {
        Letters axis = new Letters(frame.title() - 1, theme.text(), false, false);
        paper.textUp(chart.axis(), new Point(15, box.y() + box.height() / 2), axis);
      }
      return;
    }
    Letters axis = new Letters(frame.label(), theme.faint(), false, false);
    double used = hasShares() ? 0 : paper.width(chart.axis(), axis) + 12;
    Point at = new Point(frame.whole().x() + 12, box.y() - 12);
    paper.text(paper.cut(chart.title(), room - used, type), at, Anchor.START, type);
    if (!hasShares()) {
      Point right = new Point(frame.whole().right() - 12, box.y() - 12);
      paper.text(chart.axis(), right, Anchor.END, axis);
    }
  }

  private boolean hasShares() {
    return chart.traces().stream().anyMatch(trace -> trace.look() == Look.SHARE);
  }

  private void values() {
    Letters type = new Letters(frame.label(), theme.faint(), false, false);
    Unit unit = chart.traces().isEmpty() ? Unit.COUNT : axisUnit();
    int count = (int) Math.round((high - low) / step);
    for (int i = 0; i <= count; i++) {
      double value = low + i * step;
      rule(new Point(box.x(), y(value)), new Point(box.right(), y(value)));
      Point at = new Point(box.x() - 6, y(value) + frame.label() * 0.36);
      String of = i == count && hasShares() ? " " + unit.symbol() : "";
      paper.text(unit.label(value, high) + of, at, Anchor.END, type);
    }
    if (hasShares()) {
      for (int percent : List.of(0, 50, 100)) {
        double at = box.bottom() - percent / 100.0 * box.height() + frame.label() * 0.36;
        paper.text(percent + " %", new Point(box.right() + 5, at), Anchor.START, type);
      }
    }
  }

  private Unit axisUnit() {
    return onAxis().isEmpty() ? Unit.PERCENT : onAxis().get(0).unit();
  }

  private void times() {
    Letters type = new Letters(frame.label(), theme.faint(), false, false);
    int most = (int) Math.max(2, box.width() / (frame.label() * 7));
    double free = frame.whole().x();
    for (Ticks.Time time :
        Ticks.times(chart.from(), chart.to(), most, style.zone(), style.language())) {
      double x = x((double) time.seconds());
      rule(new Point(x, box.y()), new Point(x, box.bottom()));
      double half = paper.width(time.label(), type) / 2;
      if (x - half > free && x + half < frame.whole().right()) {
        Point at = new Point(x, box.bottom() + frame.label() + (style.legacy() ? 2 : 5));
        paper.text(time.label(), at, Anchor.MIDDLE, type);
        free = x + half + 4;
      }
    }
  }

  private void rule(Point from, Point to) {
    paper.line(List.of(from, to), 1, theme.grid());
  }

  /** Shades the times of which nothing is known of the first curve. */
  private void gaps() {
    if (chart.traces().isEmpty() || style.legacy()) {
      return;
    }
    Trace trace = chart.traces().get(0);
    Series series = trace.series();
    int shade = theme.grid() & HALF;
    for (int i = 0, to; i < series.size(); i = to) {
      to = i + 1;
      if (!Double.isFinite(trace.value(i))) {
        while (to < series.size() && !Double.isFinite(trace.value(to))) {
          to++;
        }
        double left = x(series.time(i) - (double) series.step());
        double width = x((double) series.time(to - 1)) - left;
        paper.fill(new Box(left, box.y(), width, box.height()), shade);
      }
    }
  }

  private void curve(Trace trace) {
    Series series = trace.series();
    if (trace.look() == Look.SHARE) {
      shares(trace);
      return;
    }
    for (int i = 0, to; i < series.size(); i = to) {
      to = i + 1;
      if (isDrawn(trace, i)) {
        while (to < series.size() && isDrawn(trace, to)) {
          to++;
        }
        piece(trace, i, to);
      }
    }
  }

  private boolean isDrawn(Trace trace, int i) {
    Series series = trace.series();
    return Double.isFinite(trace.value(i))
        && (trace.look() != Look.BAND || Double.isFinite(series.value(1, i)))
        && series.time(i) > chart.from()
        && series.time(i) - series.step() < chart.to();
  }

  private void piece(Trace trace, int from, int to) {
    List<Point> points = points(trace, trace.source(), from, to);
    switch (trace.look()) {
      case THIN -> paper.line(points, style.legacy() ? 1 : 1.5, trace.color());
      case LINE -> paper.line(points, 2, trace.color());
      case BAND -> {
        List<Point> back = points(trace, 1, from, to);
        for (int i = back.size() - 1; i >= 0; i--) {
          points.add(back.get(i));
        }
        paper.fill(points, trace.color());
      }
      default -> {
        List<Point> area = new ArrayList<>(points);
        area.add(new Point(points.get(points.size() - 1).x(), y(0)));
        area.add(new Point(points.get(0).x(), y(0)));
        paper.fill(area, style.legacy() ? trace.color() : trace.color() & HALF);
        if (!style.legacy()) {
          paper.line(points, 1.2, trace.color());
        }
      }
    }
  }

  /** In the middle of the time that a value holds for, and to both ends of a piece. */
  private List<Point> points(Trace trace, int source, int from, int to) {
    Series series = trace.series();
    List<Point> points = new ArrayList<>();
    for (int i = from; i < to; i++) {
      double y = y(series.value(source, i) * trace.factor());
      if (i == from) {
        points.add(new Point(x(series.time(i) - (double) series.step()), y));
      }
      points.add(new Point(x(series.time(i) - series.step() / 2.0), y));
      if (i == to - 1) {
        points.add(new Point(x((double) series.time(i)), y));
      }
    }
    return points;
  }

  /** In steps, as each value holds for all of its time; pieces touch without a seam. */
  private void shares(Trace trace) {
    Series series = trace.series();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      double value = trace.value(i);
      double left = x(series.time(i) - (double) series.step());
      double right = x((double) series.time(i));
      if (value > 0 && right > left) {
        double top = box.bottom() - Math.min(1, value / 100) * box.height();
        if (points.isEmpty()) {
          points.add(new Point(left, box.bottom()));
        }
        points.add(new Point(left, top));
        points.add(new Point(Math.max(right, left + 1), top));
      } else if (!points.isEmpty()) {
        fall(points, trace.color());
      }
    }
    if (!points.isEmpty()) {
      fall(points, trace.color());
    }
  }

  private void fall(List<Point> points, int color) {
    points.add(new Point(points.get(points.size() - 1).x(), box.bottom()));
    paper.fill(List.copyOf(points), color);
    points.clear();
  }

  private void mark() {
    if (chart.mark().isEmpty() || frame.row() == 0) {
      return;
    }
    double y = y(chart.mark().getAsDouble());
    paper.dashes(new Point(box.x(), y), new Point(box.right(), y), theme.mark());
    Letters type = new Letters(frame.label(), theme.mark(), false, false);
    String words =
        style.language().say(Word.PERCENTILE) + " " + axisUnit().write(chart.mark().getAsDouble());
    double at = y - 4 < box.y() + frame.label() ? y + frame.label() + 2 : y - 4;
    paper.text(words, new Point(box.x() + 6, at), Anchor.START, type);
  }
}
