package community.cloudy.gossip.serf;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear events; one that fails does not keep the others from hearing. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<SerfListener> all = new CopyOnWriteArrayList<>();

  void add(SerfListener listener) {
    all.add(listener);
  }

  void remove(SerfListener listener) {
    all.remove(listener);
  }

  void tell(SerfEvent event) {
    for (SerfListener listener : all) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.error("a listener failed event={}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
