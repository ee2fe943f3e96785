import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import community.cloudy.services.graphs.store.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes cycles of samples to a store: one of pings and 24 of traffic a device; for the script. */
final class GraphsStore {
  public static void main(String[] args) throws Exception {
    int devices = Integer.parseInt(args[1]);
    int cycles = Integer.parseInt(args[2]);
    long begin = Long.parseLong(args[3]);
    try (Store store = new Store(Path.of(args[0]), StoreSettings.LEGACY)) {
      for (int cycle = 0; cycle < cycles; cycle++) {
        List<Sample> samples = new ArrayList<>();
        Instant at = Instant.ofEpochSecond(begin + 300L * cycle);
        for (int d = 0; d < devices; d++) {
          String id = String.valueOf(1000 + d);
          samples.add(new Sample.Ping(id, at, 0, 12.25 + cycle, 10, 20));
          for (int port = 0; port < 24; port++) {
            samples.add(new Sample.Traffic(id, port, at, 1e6 + 17 * port, 5e5));
          }
        }
        System.in.read(); // The script lets the disk come to rest first.
        long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        long wall = System.nanoTime();
        Written written = store.write(samples);
        wall = (System.nanoTime() - wall) / 1_000_000;
        cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() - cpu;
        System.out.printf(
            "%d updates=%d created=%d failed=%d wall_ms=%d cpu_ms=%d bytes=%d%n",
            cycle, written.updates(), written.created(), written.failed(), wall, cpu,
            written.bytes());
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.println("rss_kb=" + line.replaceAll("[^0-9]", ""));
      }
    }
  }
}
