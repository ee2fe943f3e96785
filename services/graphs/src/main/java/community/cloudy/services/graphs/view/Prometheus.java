package community.cloudy.services.graphs.view;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Series;
import community.cloudy.services.graphs.store.Store;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the last values of devices in Prometheus' text format 0.0.4. What is older than a quarter
 * of an hour is left out, so that a silent device is missing and not frozen.
 */
public final class Prometheus {
  private static final int FRESH = 900;
  private static final double PERCENT = 100;
  private static final double MILLIS = 1000;

  private final Store store;
  private final long now;
  private final StringBuilder info = new StringBuilder();
  private final StringBuilder loss = new StringBuilder();
  private final StringBuilder latency = new StringBuilder();
  private final StringBuilder traffic = new StringBuilder();
  private final StringBuilder signal = new StringBuilder();
  private final StringBuilder stations = new StringBuilder();

  private Prometheus(Store store, long now) {
    this.store = store;
    this.now = now;
  }

  /**
   * Returns the text.
   *
   * @param now seconds since 1970
   */
  public static String text(Store store, Collection<Device> devices, long now) throws IOException {
    Prometheus text = new Prometheus(store, now);
    Map<String, List<FileName>> files =
        store.list().stream().collect(Collectors.groupingBy(FileName::device));
    for (Device device : devices) {
      text.add(device, files.getOrDefault(device.id(), List.of()));
    }
    return metric("device_info", "What a device is called.", text.info)
        + metric("ping_loss_ratio", "Echo requests without an answer, 0 to 1.", text.loss)
        + metric("ping_latency_seconds", "Mean time of answers to echo requests.", text.latency)
        + metric("traffic_bytes_per_second", "Traffic of a port.", text.traffic)
        + metric("wireless_signal_dbm", "Strength of what a radio receives.", text.signal)
        + metric("wireless_stations", "Stations connected to a radio.", text.stations);
  }

  private static String metric(String name, String help, CharSequence samples) {
    String full = "cloudy_graphs_" + name;
    return samples.isEmpty()
        ? ""
        : "# HELP " + full + " " + help + "\n# TYPE " + full + " gauge\n" + samples;
  }

  private void add(Device device, List<FileName> files) throws IOException {
    String title = "\",title=\"" + escaped(device.title()) + "\"}";
    sample(info, "device_info{device=\"" + device.id() + title, 1);
    for (FileName name : files) {
      Optional<Series> series = store.averages(name, now - FRESH, now, 1);
      if (series.isPresent()) {
        add(device, name, series.get());
      }
    }
  }

  private void add(Device device, FileName name, Series series) {
    String of = "{device=\"" + device.id() + "\"";
    String port = of + ",port=\"" + name.port() + "\"";
    double first = last(series, 0);
    double second = last(series, 1);
    switch (name.kind()) {
      case PING -> {
        sample(loss, "ping_loss_ratio" + of + "}", first / PERCENT);
        sample(latency, "ping_latency_seconds" + of + "}", second / MILLIS);
      }
      case TRAF -> {
        sample(traffic, "traffic_bytes_per_second" + port + ",direction=\"in\"}", first);
        sample(traffic, "traffic_bytes_per_second" + port + ",direction=\"out\"}", second);
      }
      case WIFI -> {
        sample(signal, "wireless_signal_dbm" + port + "}", first);
        sample(stations, "wireless_stations" + port + "}", second);
      }
      case SMOKE -> {}
    }
  }

  /** Of the newest time of which anything is known, so that an outage has no old latency. */
  private static double last(Series series, int name) {
    for (int i = series.size() - 1; i >= 0; i--) {
      if (Double.isFinite(series.value(0, i)) || Double.isFinite(series.value(1, i))) {
        return series.value(name, i);
      }
    }
    return Double.NaN;
  }

  private static void sample(StringBuilder to, String name, double value) {
    if (Double.isFinite(value)) {
      to.append("cloudy_graphs_").append(name).append(' ').append(value).append('\n');
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
