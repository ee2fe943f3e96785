package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Function;
import community.cloudy.services.graphs.store.Layout.Source;
import java.util.List;
import java.util.stream.Stream;

/** The layouts of new files: those that MRTG makes for snpservices, and finer ones. */
final class Layouts {
  /** Seconds of a primary value. */
  static final int STEP = 300;

  /** 100 Gb/s in bytes a second. MRTG was told 100 MB/s, which links have long outgrown. */
  static final double MAX_TRAFFIC = 12.5e9;

  private static final double UNKNOWN = 0.5;
  private static final int ROWS = 800;
  private static final int MAX_PING = 2000;

  private Layouts() {}

  /** In the order in which MRTG makes them: first all averages. */
  static Layout legacy(FileName.Kind kind) {
    List<Archive> archives =
        Stream.of(Function.AVERAGE, Function.MAX)
            .flatMap(f -> Stream.of(1, 6, 24, 288).map(n -> new Archive(f, n, ROWS, UNKNOWN)))
            .toList();
    return new Layout(STEP, sources(kind, STEP), archives);
  }

  static Layout fine(FileName.Kind kind, StoreSettings.Fine fine) {
    int step = (int) fine.step().toSeconds();
    return new Layout(
        step, sources(kind, step), List.of(new Archive(Function.AVERAGE, 1, fine.rows(), UNKNOWN)));
  }

  private static List<Source> sources(FileName.Kind kind, int step) {
    return switch (kind) {
      case PING -> List.of(gauge("ds0", step, 0, MAX_PING), gauge("ds1", step, 0, MAX_PING));
      case SMOKE -> List.of(gauge("best", step, 0, MAX_PING), gauge("worst", step, 0, MAX_PING));
      case TRAF -> List.of(gauge("ds0", step, 0, MAX_TRAFFIC), gauge("ds1", step, 0, MAX_TRAFFIC));
      case WIFI -> List.of(gauge("signal", step, -200, 100), gauge("clients", step, 0, 100_000));
    };
  }

  private static Source gauge(String name, int step, double min, double max) {
    return new Source(name, Layout.Type.GAUGE, 2L * step, min, max);
  }
}
