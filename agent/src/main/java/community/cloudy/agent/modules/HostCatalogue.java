package community.cloudy.agent.modules;

import community.cloudy.agent.community.Changes;
import community.cloudy.agent.community.Community;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.spi.ModuleContext.Cancellable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets modules see what the community offers; many changes at a time are told of once. */
final class HostCatalogue implements Catalogue {
  private static final Duration FAR = Duration.ofDays(1);

  private final Community community;
  private final Executor executor;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean telling = new AtomicBoolean();

  HostCatalogue(Community community, Changes changes, Executor executor) {
    this.community = community;
    this.executor = executor;
    changes.onChange(this::changed);
  }

  private void changed() {
    if (!listeners.isEmpty() && telling.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            telling.set(false);
            listeners.forEach(Runnable::run);
          });
    }
  }

  /** A service, and how far its node is. */
  private record Seen(Service service, Duration distance) {}

  @Override
  public List<Service> services() {
    return community.services().all().stream()
        .filter(service -> !service.hidden())
        .map(service -> new Seen(service, distance(service.node()).orElse(FAR)))
        .sorted(
            Comparator.comparing(Seen::distance)
                .thenComparing(seen -> seen.service().node())
                .thenComparing(seen -> seen.service().id()))
        .map(Seen::service)
        .toList();
  }

  @Override
  public Optional<Duration> distance(String node) {
    return community.coordinates().roundTrip(community.localMember().name(), node);
  }

  @Override
  public Map<String, String> tags(String key) {
    Map<String, String> tags = new TreeMap<>();
    for (Member member : community.members()) {
      String tag = member.tags().get(key);
      if (tag != null && member.status() == MemberStatus.ALIVE) {
        tags.put(member.name(), tag);
      }
    }
    return tags;
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
