package community.cloudy.gossip.discovery;

/** Hears what discovery learns, on the event loop: it must return at once and never block. */
@FunctionalInterface
public interface DiscoveryListener {
  /** Is told of {@code event}. */
  void onEvent(DiscoveryEvent event);
}
