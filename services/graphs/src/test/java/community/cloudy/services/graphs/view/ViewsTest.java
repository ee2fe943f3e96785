package community.cloudy.services.graphs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series and figures for programs. */
final class ViewsTest {
  private static final long NOW = 1_764_417_600;

  @TempDir Path folder;
  private Store store;
  private Views views;

  @BeforeEach
  void measure() throws IOException {
    store = new Store(folder, StoreSettings.LEGACY);
    views = new Views(store);
    List<Sample> samples = new ArrayList<>();
    for (int i = 19; i >= 0; i--) {
      Instant at = Instant.ofEpochSecond(NOW - 300L * i);
      samples.add(new Sample.Ping("7", at, i == 0 ? 100 : 0, i == 0 ? Double.NaN : 20, 1, 2));
      samples.add(new Sample.Traffic("7", 3, at, 100 * (20 - i), i == 1 ? Double.NaN : 5));
      samples.add(new Sample.Wireless("7", 3, at, -60, 4));
    }
    store.write(samples);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static Range last(int seconds) {
    return new Range(NOW - seconds, NOW - 1, 100);
  }

  @Test
  void seriesAreJsonWithNullForWhatIsUnknown() throws IOException {
    assertThat(views.json(Measure.TRAFFIC, "7", 3, last(900)).orElseThrow())
        .hasToString(
            "{\"from\":1764416700,\"to\":1764417600,\"step\":300,\"series\":["
                + "{\"name\":\"in\",\"unit\":\"B/s\",\"values\":[1800.0,1900.0,2000.0]},"
                + "{\"name\":\"out\",\"unit\":\"B/s\",\"values\":[5.0,null,5.0]}]}");
    assertThat(views.json(Measure.TRAFFIC, "7", 9, last(900))).isEmpty();
  }

  @Test
  void seriesAreCsvWithNothingForWhatIsUnknown() throws IOException {
    assertThat(views.csv(Measure.TRAFFIC, "7", 3, last(600)))
        .contains(
            "time,in,out\r\n2025-11-29T11:55:00Z,1900.0,\r\n2025-11-29T12:00:00Z,2000.0,5.0\r\n");
  }

  @Test
  void figuresAreOfWhatIsKnown() throws IOException {
    assertThat(views.figures("7", last(6000)))
        .hasToString(
            "{\"samples\":20,\"availability\":95.0,\"latency\":{\"mean\":20.0,\"max\":20.0},"
                + "\"ports\":[{\"port\":3,"
                + "\"in\":{\"mean\":1050.0,\"max\":2000.0,\"p95\":1900.0,\"total\":6300000.0},"
                + "\"out\":{\"mean\":5.0,\"max\":5.0,\"p95\":5.0,\"total\":28500.0}}]}");
    assertThat(views.figures("8", last(6000))).hasToString("{\"samples\":0,\"ports\":[]}");
  }

  @Test
  void prometheusGetsLastValuesAndNoOldOnes() throws IOException {
    Device device =
        new Device(
            "7", "a \"b\\", "", Optional.empty(), Optional.empty(), List.of(), true, List.of());
    String of = "device=\"7\"";
    String info = "cloudy_graphs_device_info{device=\"7\",title=\"a \\\"b\\\\\"} 1.0\n";
    assertThat(Prometheus.text(store, List.of(device), NOW))
        .contains(info)
        .contains("# TYPE cloudy_graphs_ping_loss_ratio gauge\n")
        .contains("cloudy_graphs_ping_loss_ratio{" + of + "} 1.0\n")
        .contains("traffic_bytes_per_second{" + of + ",port=\"3\",direction=\"in\"} 2000.0\n")
        .contains("wireless_signal_dbm{" + of + ",port=\"3\"} -60.0\n")
        .doesNotContain("ping_latency_seconds");
    assertThat(Prometheus.text(store, List.of(device), NOW + 7200)).endsWith(info);
  }

  @Test
  void rangesAreBounded() {
    assertThatThrownBy(() -> new Range(5, 5, 10)).hasMessageContaining("from and to");
    assertThatThrownBy(() -> new Range(0, 5_000_000_000L, 10)).hasMessageContaining("ten years");
    assertThatThrownBy(() -> new Range(0, 5, 5000)).hasMessageContaining("points");
  }
}
