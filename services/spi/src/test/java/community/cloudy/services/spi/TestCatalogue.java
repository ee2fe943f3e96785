package community.cloudy.services.spi;

import community.cloudy.gossip.discovery.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a test says the community offers; may be shared by the contexts of several nodes. */
public final class TestCatalogue implements Catalogue {
  private final List<Service> services = new CopyOnWriteArrayList<>();
  private final Map<String, Duration> distances = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Sets what there is. */
  public void set(List<Service> now) {
    services.clear();
    services.addAll(now);
    listeners.forEach(Runnable::run);
  }

  /** Sets how far a node is. */
  public void distance(String node, Duration distance) {
    distances.put(node, distance);
  }

  /** Sets what a node says by a tag. */
  public void tag(String node, String key, String value) {
    tags.computeIfAbsent(key, k -> new ConcurrentHashMap<>()).put(node, value);
  }

  @Override
  public Map<String, String> tags(String key) {
    return Map.copyOf(tags.getOrDefault(key, Map.of()));
  }

  @Override
  public List<Service> services() {
    return List.copyOf(services);
  }

  @Override
  public Optional<Duration> distance(String node) {
    return Optional.ofNullable(distances.get(node));
  }

  @Override
  public ModuleContext.Cancellable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
