package community.cloudy.containers.engine;

import java.util.Locale;
import java.util.Optional;

/** Reads what a container uses, of control groups 1 and 2, as the engine's own client does. */
final class StatsReader {
  private StatsReader() {}

  /** Returns a sample; none of a container that does not run. */
  static Optional<Stats> read(Raw raw) {
    return raw.time("read")
        .map(
            at -> {
              Raw memory = raw.object("memory_stats");
              Raw networks = raw.object("networks");
              return new Stats(
                  at,
                  cpuPercent(raw),
                  used(memory),
                  memory.number("limit"),
                  raw.object("pids_stats").number("current"),
                  sum(networks, "rx_bytes"),
                  sum(networks, "tx_bytes"),
                  blocks(raw, "read"),
                  blocks(raw, "write"));
            });
  }

  private static double cpuPercent(Raw raw) {
    Raw now = raw.object("cpu_stats");
    Raw before = raw.object("precpu_stats");
    if (before.number("system_cpu_usage") == 0) {
      // The first sample of a stream has none before it.
      return 0;
    }
    long used =
        now.object("cpu_usage").number("total_usage")
            - before.object("cpu_usage").number("total_usage");
    long passed = now.number("system_cpu_usage") - before.number("system_cpu_usage");
    long cpus = Math.max(1, now.number("online_cpus"));
    return passed <= 0 || used < 0 ? 0 : 100.0 * used * cpus / passed;
  }

  private static long used(Raw memory) {
    Raw stats = memory.object("stats");
    long usage = memory.number("usage");
    boolean second = !stats.values().containsKey("total_inactive_file");
    long cache = stats.number(second ? "inactive_file" : "total_inactive_file");
    return cache < usage ? usage - cache : usage;
  }

  private static long sum(Raw networks, String key) {
    return networks.values().keySet().stream()
        .mapToLong(name -> networks.object(name).number(key))
        .sum();
  }

  private static long blocks(Raw raw, String operation) {
    return raw.object("blkio_stats").objects("io_service_bytes_recursive").stream()
        .filter(entry -> entry.text("op").toLowerCase(Locale.ROOT).equals(operation))
        .mapToLong(entry -> entry.number("value"))
        .sum();
  }
}
