package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.SerfEvent.UserEvent;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Of user events of one name in a while, lets only those of the highest time through (B6). */
final class UserCoalescer {
  private final Map<String, List<UserEvent>> latest = new LinkedHashMap<>();
  private final CoalesceWindow window;
  private final Consumer<UserEvent> out;

  UserCoalescer(Scheduler scheduler, Consumer<UserEvent> out) {
    this.out = out;
    window = new CoalesceWindow(scheduler, this::flush);
  }

  void add(UserEvent event) {
    List<UserEvent> same = latest.computeIfAbsent(event.name(), name -> new ArrayList<>());
    if (!same.isEmpty() && same.get(0).lamportTime() < event.lamportTime()) {
      same.clear();
    }
    if (same.isEmpty() || same.get(0).lamportTime() == event.lamportTime()) {
      same.add(event);
    }
    window.touch();
  }

  private void flush() {
    List<UserEvent> all = latest.values().stream().flatMap(List::stream).toList();
    latest.clear();
    all.forEach(out);
  }
}
