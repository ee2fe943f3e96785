package community.cloudy.agent.containers;

import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Image;
import community.cloudy.containers.engine.Pruned;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.containers.stacks.Stacks;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that nothing has needed for long. One that was built here is nowhere else, and one of a
 * stack that is down is needed to bring it up without a network: those stay.
 */
final class UnusedImages {
  private static final Logger log = LoggerFactory.getLogger(UnusedImages.class);

  private final Engine engine;
  private final Stacks stacks;
  private final Duration age;

  UnusedImages(Engine engine, Stacks stacks, Duration age) {
    this.engine = engine;
    this.stacks = stacks;
    this.age = age;
  }

  /** Removes them; never a volume. */
  void prune() {
    try {
      Set<String> needed = engine.images().ids(stacks.images());
      Pruned pruned =
          engine.images().prune(age, image -> isFetched(image) && !needed.contains(image.id()));
      if (!pruned.images().isEmpty()) {
        log.info("unused images removed images={} bytes={}", pruned.images(), pruned.bytes());
      }
    } catch (EngineException | StackException e) {
      log.warn("Could not remove unused images: {}", e.getMessage());
    }
  }

  private static boolean isFetched(Image image) {
    return !image.digests().isEmpty();
  }
}
