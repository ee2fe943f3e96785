package community.cloudy.agent.api;

import community.cloudy.agent.modules.ModuleState;
import community.cloudy.gossip.discovery.Health;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/** Writes Prometheus's text format, version 0.0.4. */
final class Metrics {
  static final String PATH = "/metrics";

  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final long PAGE = 4096;

  private final Node node;

  Metrics(Node node) {
    this.node = node;
  }

  Reply answer() {
    StringBuilder text = new StringBuilder(4096);
    header(text, "cloudy_build_info", "gauge", "The version, as a label.");
    text.append("cloudy_build_info{version=\"").append(escaped(node.version())).append("\"} 1\n");
    header(text, "cloudy_members", "gauge", "Known members by status, this node included.");
    AgentEndpoint.byStatus(node)
        .forEach(
            (status, count) ->
                text.append("cloudy_members{status=\"")
                    .append(status.text())
                    .append("\"} ")
                    .append(count)
                    .append('\n'));
    number(text, "cloudy_events_total", "Events logged.", node.events().last().number());
    new TreeMap<>(node.community().metrics())
        .forEach(
            (name, value) -> number(text, "cloudy_serf_" + name, "The gossip protocol's.", value));
    new TreeMap<>(node.community().services().metrics())
        .forEach(
            (name, value) ->
                number(text, "cloudy_discovery_" + name, "Announcement and discovery.", value));
    modules(text);
    process(text);
    return new Reply(200, CONTENT_TYPE, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void modules(StringBuilder text) {
    for (ModuleState state : node.modules().states()) {
      if (state.phase() == ModuleState.Phase.DISABLED) {
        continue;
      }
      String prefix = "cloudy_module_" + state.descriptor().id().replace('-', '_') + "_";
      boolean ok = state.status().health().state() == Health.State.OK;
      number(text, prefix + "ok", "Whether the service is seen to work.", ok ? 1 : 0);
      state
          .status()
          .metrics()
          .forEach(
              (name, value) -> {
                header(text, prefix + name, type(name), "The module's.");
                text.append(prefix).append(name).append(' ').append(value).append('\n');
              });
    }
  }

  private void process(StringBuilder text) {
    number(
        text,
        "process_start_time_seconds",
        "Start time since 1970.",
        node.started().getEpochSecond());
    header(text, "process_cpu_seconds_total", "counter", "User and system time.");
    long cpuNanos =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    text.append(String.format(Locale.ROOT, "process_cpu_seconds_total %.2f%n", cpuNanos / 1e9));
    long[] pages = statm();
    number(text, "process_virtual_memory_bytes", "Virtual memory.", pages[0] * PAGE);
    number(text, "process_resident_memory_bytes", "Memory in RAM.", pages[1] * PAGE);
    Runtime runtime = Runtime.getRuntime();
    number(
        text,
        "jvm_memory_heap_used_bytes",
        "Heap in use.",
        runtime.totalMemory() - runtime.freeMemory());
    number(text, "jvm_memory_heap_max_bytes", "Heap at most.", runtime.maxMemory());
  }

  /** Returns how much of the agent is in RAM, in bytes; 0 if the kernel does not tell. */
  static long residentBytes() {
    return statm()[1] * PAGE;
  }

  private static long[] statm() {
    try {
      String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ", 3);
      return new long[] {Long.parseLong(fields[0]), Long.parseLong(fields[1])};
    } catch (IOException | RuntimeException e) {
      return new long[2];
    }
  }

  private static void number(StringBuilder text, String name, String help, long value) {
    header(text, name, type(name), help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static String type(String name) {
    return name.endsWith("_total") ? "counter" : "gauge";
  }

  private static void header(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
