package community.cloudy.containers.engine;

import java.util.List;

/**
 * How far a pull has come.
 *
 * @param step what is being done, for people
 * @param done bytes of layers that are here
 * @param total bytes of all layers whose size is known yet: it grows while the registry answers
 * @param layers each, in the image's order
 */
public record PullProgress(String step, long done, long total, List<Layer> layers) {
  /** Takes copies. */
  public PullProgress {
    layers = List.copyOf(layers);
  }

  /** Returns the total; -1 while no layer's size is known. */
  public long totalIfKnown() {
    return total == 0 ? -1 : total;
  }

  /** What becomes of a layer. */
  public enum LayerState {
    /** It waits for its turn. */
    WAITING,
    /** Its bytes come. */
    DOWNLOADING,
    /** They are here. */
    DOWNLOADED,
    /** It is unpacked. */
    EXTRACTING,
    /** It is in place. */
    COMPLETE,
    /** It was here before. */
    PRESENT
  }

  /**
   * A layer.
   *
   * @param id the head of its digest
   * @param state what becomes of it
   * @param done bytes of it that are here
   * @param total its bytes; 0 while not known
   */
  public record Layer(String id, LayerState state, long done, long total) {}
}
