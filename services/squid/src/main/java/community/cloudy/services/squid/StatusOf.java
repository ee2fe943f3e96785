package community.cloudy.services.squid;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.squid.conf.FederationList;
import community.cloudy.services.squid.conf.Surroundings;
import community.cloudy.services.squid.figures.Traffic;
import community.cloudy.services.squid.login.LoginDoor;
import community.cloudy.services.squid.settings.SquidSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is told of Squid, made of what is known. */
record StatusOf(
    SquidSettings settings,
    Surroundings around,
    Workload.State state,
    Facts facts,
    LoginDoor door,
    Traffic traffic) {
  private static final long LITTLE_ROOM = 8 << 20;

  Status status(InetAddress address) {
    ServiceEndpoint endpoint =
        new ServiceEndpoint("tcp", address.getHostAddress(), settings.port(), "");
    return new Status(health(), List.of(endpoint), List.of(service()), told(), metrics());
  }

  /** Why Squid ended stands in its log, some lines before the last. */
  private Health health() {
    Health seen = state.health();
    if (state.phase() == Workload.Phase.WAITING && !facts.ended().isEmpty()) {
      return new Health(seen.state(), "Squid has ended: " + facts.ended());
    } else if (hasLittleRoom()) {
      return new Health(seen.state(), seen.evidence() + "; its disk is full");
    }
    return seen;
  }

  private boolean hasLittleRoom() {
    return facts.room() >= 0 && facts.room() < LITTLE_ROOM;
  }

  private ServiceSpec service() {
    SortedMap<String, String> attributes = new TreeMap<>();
    if (isFederated()) {
      attributes.put(Neighbours.FEDERATED, "Yes");
    }
    Offer offer =
        new Offer(
            Neighbours.TYPE,
            "proxy",
            "Web proxy",
            List.of(new ServiceEndpoint("tcp", "", settings.port(), "")),
            attributes,
            Health.unchecked());
    return new ServiceSpec("squid", offer, Optional.empty());
  }

  /** Whether everybody who can log in to the community may use it. */
  private boolean isFederated() {
    int own = settings.federation().proxy();
    Optional<FederationList.Mode> mode =
        around
            .federation()
            .flatMap(list -> Optional.ofNullable(list.modes().get(own > 0 ? own : list.own())));
    boolean taken = around.federation().isEmpty() || mode.map(m -> m.takesOthers()).orElse(false);
    return settings.needsLogin()
        && settings.federation().accept()
        && settings.who().logins().isEmpty()
        && settings.who().groups().isEmpty()
        && taken;
  }

  private SortedMap<String, String> told() {
    SortedMap<String, String> told = new TreeMap<>();
    told.put("restarts", String.valueOf(state.restarts()));
    told.put("federated", String.valueOf(isFederated()));
    state.pid().ifPresent(pid -> told.put("pid", String.valueOf(pid)));
    if (!facts.refused().isEmpty()) {
      told.put("refused", facts.refused());
    }
    if (!facts.ended().isEmpty()) {
      told.put("last_end", facts.ended());
    }
    if (hasLittleRoom()) {
      told.put("disk", "full");
    }
    if (!around.parents().isEmpty()) {
      told.put(
          "parents",
          around.parents().stream()
              .map(parent -> parent.node() + " " + parent.host() + ":" + parent.port())
              .collect(Collectors.joining(", ")));
    }
    return told;
  }

  private SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    Map.of(
            "client_http.requests", "requests_total",
            "client_http.hits", "hits_total",
            "client_http.errors", "errors_total",
            "client_http.kbytes_out", "kbytes_out_total",
            "client_http.hit_kbytes_out", "hit_kbytes_out_total",
            "server.all.kbytes_in", "server_kbytes_in_total",
            "cpu_time", "cpu_seconds_total")
        .forEach(
            (squids, ours) ->
                Optional.ofNullable(facts.counters().get(squids))
                    .ifPresent(value -> metrics.put(ours, value)));
    metrics.put("hit_ratio", traffic.hitRatio());
    metrics.put("logins_total", (double) door.asked());
    metrics.put("logins_refused_total", (double) door.refused());
    metrics.put("logins_unavailable_total", (double) door.unavailable());
    return metrics;
  }
}
