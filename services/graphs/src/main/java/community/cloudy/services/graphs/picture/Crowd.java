package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.picture.Trace.Look;
import community.cloudy.services.graphs.picture.Wish.Direction;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Collects the traffic of many ports, at most 2,000. Only the curves that will be drawn, those of
 * the largest volume, are kept while it reads.
 */
final class Crowd {
  private static final int MAX_PORTS = 2000;
  private static final Comparator<Trace> BY_VOLUME = Comparator.comparingDouble(Trace::volume);

  private final Charts charts;
  private final boolean legacy;
  private final int most;
  private final PriorityQueue<Trace> largest = new PriorityQueue<>(BY_VOLUME);
  private double total;
  private int looked;

  Crowd(Charts charts, boolean legacy, int most) {
    this.charts = charts;
    this.legacy = legacy;
    this.most = most;
  }

  /**
   * Adds the ports of a device.
   *
   * @param alone whether there is no other, so that its name need not be said
   */
  void add(Device device, List<Integer> ports, Direction direction, boolean alone)
      throws IOException {
    for (int port : ports) {
      if (looked++ < MAX_PORTS) {
        Optional<Series> series = charts.series(FileName.traffic(device.id(), port));
        if (series.isPresent() && hasAny(series.get())) {
          String name = name(device, port, direction, alone, ports.size() > 1);
          add(charts.rate(name, Look.THIN, 0, series.get(), direction));
        }
      }
    }
  }

  private void add(Trace trace) {
    total += trace.volume();
    largest.add(trace);
    if (largest.size() > most) {
      largest.remove();
    }
  }

  private String name(
      Device device, int port, Direction direction, boolean alone, boolean several) {
    Optional<String> title = Charts.portTitle(device, port);
    if (legacy) {
      String way = direction.name().toLowerCase(Locale.ROOT);
      return String.format(Locale.ROOT, "%s %3s", title.orElse(Charts.name(device)), way);
    }
    if (alone) {
      return title.orElse(String.valueOf(port));
    }
    return Charts.name(device) + (several ? Charts.portName(device, port) : "");
  }

  private static boolean hasAny(Series series) {
    return Arrays.stream(series.values(0)).anyMatch(Double::isFinite);
  }

  /** Returns the largest, the largest first, in these colours in turn. */
  List<Trace> largest(List<Integer> colors) {
    List<Trace> sorted = new ArrayList<>(largest);
    sorted.sort(BY_VOLUME.reversed());
    for (int i = 0; i < sorted.size(); i++) {
      sorted.set(i, sorted.get(i).colored(colors.get(i % colors.size())));
    }
    return sorted;
  }

  /** Returns the bytes of all, also of those that are not drawn. */
  double total() {
    return total;
  }
}
