package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * What can be done with volumes. May be called from any thread, and blocks; all methods throw
 * {@link EngineException}. Their sizes are in {@link Engine#diskUsage}.
 */
public final class VolumeApi {
  VolumeApi() {}

  /** Returns all volumes. */
  public List<Volume> list() {
    throw new UnsupportedOperationException();
  }

  /** Returns one. */
  public Volume inspect(String name) {
    throw new UnsupportedOperationException();
  }

  /** Makes one in the engine's own folder; does nothing if it is there. */
  public Volume create(String name, Map<String, String> labels) {
    throw new UnsupportedOperationException();
  }

  /** Removes one that no container uses, with all that is in it. */
  public void remove(String name) {}
}
