package community.cloudy.gossip.serf;

/** Hears events, on Serf's event loop: it must return at once and never block. */
@FunctionalInterface
public interface SerfListener {
  /** Is told of {@code event}. */
  void onEvent(SerfEvent event);
}
