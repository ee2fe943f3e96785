package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.SnmpSettings;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.StoreSettings;
import community.cloudy.services.graphs.store.Written;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Polls many simulated devices and prints how long a cycle takes; {@code
 * packaging/bench/graphs-poll} runs it, and the simulator in a process of its own.
 */
public final class PollBench {
  private static final int PORTS = 24;

  private PollBench() {}

  /**
   * {@code simulate DEVICES PORT SILENT%} or {@code poll DEVICES PORT CYCLES INTERVAL_SECONDS
   * FOLDER}, where the folder gets the files of measurements.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int devices = Integer.parseInt(args[1]);
    int port = Integer.parseInt(args[2]);
    if (args[0].equals("simulate")) {
      simulate(devices, port, Integer.parseInt(args[3]));
    } else {
      Duration interval = Duration.ofSeconds(Integer.parseInt(args[4]));
      try (Keeper keeper = new Keeper(Path.of(args[5]))) {
        poll(devices, port, Integer.parseInt(args[3]), interval, keeper);
      }
    }
  }

  /** Writes to the store as the module does, beside the polling. */
  private static final class Keeper implements Consumer<List<Sample>>, AutoCloseable {
    private final Store store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private long updates;
    private long bytes;

    Keeper(Path folder) throws IOException {
      store = new Store(folder, StoreSettings.LEGACY);
    }

    @Override
    public void accept(List<Sample> samples) {
      thread.execute(
          () -> {
            Written written = store.write(samples);
            updates += written.updates();
            bytes += written.bytes();
          });
    }

    /** Waits for all, and tells what was written since the last time. */
    String written() throws InterruptedException {
      try {
        return thread
            .submit(
                () -> {
                  String text = "updates=%d written=%dMB".formatted(updates, bytes >> 20);
                  updates = 0;
                  bytes = 0;
                  return text;
                })
            .get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      thread.shutdown();
      store.close();
    }
  }

  private static InetAddress address(int device) throws IOException {
    byte[] bytes = {127, 1, (byte) (device / 200 + 1), (byte) (device % 200 + 1)};
    return InetAddress.getByAddress(bytes);
  }

  private static void simulate(int devices, int port, int silent)
      throws IOException, InterruptedException {
    try (Simulator simulator = new Simulator()) {
      SimulatedDevice first = new SimulatedDevice(PORTS, true);
      for (int i = 0; i < devices; i++) {
        SimulatedDevice device = new SimulatedDevice(first);
        device.silent = i % 100 < silent;
        simulator.add(address(i), port, device);
      }
      simulator.start();
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }

  private static void poll(int count, int port, int cycles, Duration interval, Keeper keeper)
      throws IOException, InterruptedException {
    Map<String, Device> devices = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      devices.put("d" + i, device(i));
    }
    Inventory inventory = new Inventory(devices, Map.of());
    CredentialSettings credential = credential(port);
    AtomicLong known = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    Consumer<List<Sample>> check =
        samples -> {
          samples.forEach(sample -> count(sample, known, wrong));
          keeper.accept(samples);
        };
    SnmpSettings settings = new SnmpSettings(Duration.ofSeconds(2), 2, 10, 2000);
    try (Poller poller =
        new Poller(
            settings,
            List.of(credential),
            interval,
            () -> inventory,
            (device, found) ->
                found.stream()
                    .map(
                        one ->
                            new Port(
                                one.index(),
                                Optional.of(one.name()),
                                OptionalInt.of(one.index()),
                                one.title()))
                    .toList(),
            check,
            InstantSource.system())) {
      long requests = 0;
      double cpu = cpu();
      poller.start();
      for (int i = 1; i <= cycles; i++) {
        Cycle cycle = over(poller, i == 1 ? Optional.empty() : poller.cycle());
        String written = keeper.written();
        Duration stored = Duration.between(cycle.begun(), InstantSource.system().instant());
        System.out.printf(
            Locale.ROOT,
            "cycle=%d polled=%.1fs stored=%.1fs %s visited=%d failed=%d requests=%d samples=%d known=%d wrong=%d"
                + " cpu=%.2fs rss=%dMB%n",
            i,
            cycle.took().toMillis() / 1000.0,
            stored.toMillis() / 1000.0,
            written,
            cycle.devices(),
            cycle.failed(),
            poller.requests() - requests,
            cycle.samples(),
            known.getAndSet(0),
            wrong.getAndSet(0),
            cpu() - cpu,
            rss());
        requests = poller.requests();
        cpu = cpu();
      }
    }
  }

  private static Device device(int i) throws IOException {
    return new Device(
        "d" + i, "", "", Optional.of(address(i)), Optional.of("bench"), List.of(), true, List.of());
  }

  static CredentialSettings credential(int port) {
    return new CredentialSettings(
        "bench",
        "2c",
        Optional.empty(),
        Optional.empty(),
        CredentialSettings.Auth.SHA256,
        Optional.empty(),
        CredentialSettings.Priv.AES128,
        Optional.empty(),
        Optional.empty(),
        port,
        List.of());
  }

  private static void count(Sample sample, AtomicLong known, AtomicLong wrong) {
    if (sample instanceof Sample.Traffic traffic && !Double.isNaN(traffic.in())) {
      known.incrementAndGet();
      double expected = 10_000.0 * traffic.port();
      if (Math.abs(traffic.in() - expected) > expected / 100) {
        wrong.incrementAndGet();
      }
    }
  }

  private static Cycle over(Poller poller, Optional<Cycle> before) throws InterruptedException {
    while (true) {
      Optional<Cycle> cycle = poller.cycle();
      if (cycle.isPresent()
          && cycle.get().over()
          && cycle.get().devices() > 0
          && before.filter(last -> last.begun().equals(cycle.get().begun())).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(200); // The last batch is handed on with the next tick.
        return cycle.get();
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static long rss() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
