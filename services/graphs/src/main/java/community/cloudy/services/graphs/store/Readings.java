package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.FileName.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one sample has to say to one file.
 *
 * @param name the file
 * @param at when it was measured
 * @param values of its two sources, as rrdtool writes them
 */
record Readings(FileName name, Instant at, List<String> values) {
  /** Returns what a sample says. */
  static List<Readings> of(Sample sample, boolean smoke) {
    List<Readings> readings = new ArrayList<>();
    String device = sample.device();
    if (sample instanceof Sample.Ping p) {
      readings.add(of(new FileName(device, Kind.PING, 0), p.at(), p.loss(), p.latency()));
      if (smoke) {
        readings.add(of(new FileName(device, Kind.SMOKE, 0), p.at(), p.best(), p.worst()));
      }
    } else if (sample instanceof Sample.Traffic t) {
      readings.add(of(new FileName(device, Kind.TRAF, t.port()), t.at(), t.in(), t.out()));
    } else if (sample instanceof Sample.Wireless w) {
      readings.add(of(new FileName(device, Kind.WIFI, w.port()), w.at(), w.signal(), w.clients()));
    }
    return readings;
  }

  private static Readings of(FileName name, Instant at, double first, double second) {
    return new Readings(name, at, List.of(text(first), text(second)));
  }

  private static String text(double value) {
    return Double.isFinite(value) ? String.valueOf(value) : "U";
  }
}
