package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.SerfEvent.MemberEvent;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Makes one event a type of what happened to members in a while (specification B6): the last one a
 * member counts, unless that is what was said of it before.
 */
final class MemberCoalescer {
  private final Map<String, MemberEvent> latest = new LinkedHashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private final CoalesceWindow window;
  private final BiConsumer<String, List<Member>> out;

  /** Creates one that gives the type and the members to {@code out}. */
  MemberCoalescer(Scheduler scheduler, BiConsumer<String, List<Member>> out) {
    this.out = out;
    window = new CoalesceWindow(scheduler, this::flush);
  }

  void add(MemberEvent event) {
    latest.put(event.member().name(), event);
    window.touch();
  }

  private void flush() {
    Map<String, List<Member>> byType = new LinkedHashMap<>();
    latest.forEach(
        (name, event) -> {
          String type = EventType.of(event);
          // Who is forgotten here is forgotten there, or strangers' names would pile up.
          String before = type.equals(EventType.REAP) ? said.remove(name) : said.put(name, type);
          if (!type.equals(before) || type.equals(EventType.UPDATE)) {
            byType.computeIfAbsent(type, none -> new ArrayList<>()).add(event.member());
          }
        });
    latest.clear();
    byType.forEach(out);
  }
}
