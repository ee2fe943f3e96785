package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsReaderTest {
  private static Raw sample(Map<String, Object> memory) {
    return new Raw(
        Map.of(
            "read", "2026-11-24T10:00:01Z",
            "cpu_stats",
                Map.of(
                    "cpu_usage", Map.of("total_usage", 300),
                    "system_cpu_usage", 2000,
                    "online_cpus", 4),
            "precpu_stats",
                Map.of("cpu_usage", Map.of("total_usage", 100), "system_cpu_usage", 1000),
            "memory_stats", memory,
            "pids_stats", Map.of("current", 3),
            "networks",
                Map.of(
                    "eth0", Map.of("rx_bytes", 10, "tx_bytes", 1),
                    "eth1", Map.of("rx_bytes", 20, "tx_bytes", 2)),
            "blkio_stats",
                Map.of(
                    "io_service_bytes_recursive",
                    List.of(
                        Map.of("op", "Read", "value", 7),
                        Map.of("op", "write", "value", 8),
                        Map.of("op", "Read", "value", 9)))));
  }

  @Test
  void readsControlGroupsOne() {
    Stats stats =
        StatsReader.read(
                sample(
                    Map.of(
                        "usage", 1000,
                        "limit", 5000,
                        "stats", Map.of("total_inactive_file", 400, "inactive_file", 1))))
            .orElseThrow();
    assertThat(stats.cpuPercent()).isEqualTo(80.0);
    assertThat(stats.memory()).isEqualTo(600);
    assertThat(stats.memoryLimit()).isEqualTo(5000);
    assertThat(stats.pids()).isEqualTo(3);
    assertThat(stats.received()).isEqualTo(30);
    assertThat(stats.sent()).isEqualTo(3);
    assertThat(stats.read()).isEqualTo(16);
    assertThat(stats.written()).isEqualTo(8);
  }

  @Test
  void readsControlGroupsTwo() {
    Stats stats =
        StatsReader.read(sample(Map.of("usage", 1000, "stats", Map.of("inactive_file", 300))))
            .orElseThrow();
    assertThat(stats.memory()).isEqualTo(700);
  }

  @Test
  void readsNothingOfAContainerThatDoesNotRun() {
    assertThat(StatsReader.read(new Raw(Map.of("read", "0001-01-01T00:00:00Z")))).isEmpty();
  }
}
