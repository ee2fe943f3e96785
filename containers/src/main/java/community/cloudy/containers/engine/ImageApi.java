package community.cloudy.containers.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be done with images. {@code image} is a reference or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class ImageApi {
  ImageApi() {}

  /** Returns all images, those without a name too. */
  public List<Image> list() {
    throw new UnsupportedOperationException();
  }

  /** Returns one. */
  public Image inspect(String image) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gets one from its registry. An interrupt ends the pull; layers that are here stay.
   *
   * @param progress hears how far it is, some times a second at most
   */
  public Image pull(ImageReference image, Consumer<PullProgress> progress) {
    throw new UnsupportedOperationException();
  }

  /** Takes a name away from one, and its layers if no other name or container needs them. */
  public void remove(String image, boolean force) {}

  /** Removes what no container uses and is older than {@code age}; never a volume. */
  public Pruned prune(Duration age) {
    throw new UnsupportedOperationException();
  }

  /** Gives one another name. */
  public void tag(String image, ImageReference name) {}
}
