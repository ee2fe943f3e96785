package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.wire.MsgpackWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code serf info} shows (specification C3, stats). */
final class Statistics {
  private Statistics() {}

  static void write(MsgpackWriter out, Serf serf) {
    Member self = serf.localMember();
    out.map(5);
    Replies.texts(out.key("agent"), Map.of("name", self.name()));
    Replies.texts(out.key("event_handlers"), Map.of());
    Replies.texts(out.key("runtime"), runtime());
    Replies.texts(out.key("serf"), serf(serf.metrics()));
    Replies.texts(out.key("tags"), self.tags());
  }

  private static Map<String, String> runtime() {
    String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
    return Map.of(
        "os",
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
        "arch",
        System.getProperty("os.arch", ""),
        "version",
        "java" + Runtime.version(),
        "max_procs",
        processors,
        "cpu_count",
        processors,
        "goroutines",
        String.valueOf(Thread.activeCount()));
  }

  private static Map<String, String> serf(Map<String, Long> metrics) {
    long members =
        metrics.entrySet().stream()
            .filter(metric -> metric.getKey().startsWith("members_"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    Map<String, String> serf = new TreeMap<>();
    serf.put("members", String.valueOf(members));
    serf.put("failed", text(metrics, "members_failed"));
    serf.put("left", text(metrics, "members_left"));
    serf.put("health_score", text(metrics, "health_score"));
    serf.put("member_time", text(metrics, "member_time"));
    serf.put("event_time", text(metrics, "event_time"));
    serf.put("query_time", text(metrics, "query_time"));
    serf.put("intent_queue", text(metrics, "queue_intents"));
    serf.put("event_queue", text(metrics, "queue_events"));
    serf.put("query_queue", text(metrics, "queue_queries"));
    serf.put("encrypted", String.valueOf(metrics.getOrDefault("encrypted", 0L) > 0));
    serf.put("coordinate_resets", text(metrics, "coordinate_resets"));
    return serf;
  }

  private static String text(Map<String, Long> metrics, String name) {
    return String.valueOf(metrics.getOrDefault(name, 0L));
  }
}
