package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * What can be done with networks. {@code network} is a name or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class NetworkApi {
  NetworkApi() {}

  /** Returns all networks. */
  public List<Network> list() {
    throw new UnsupportedOperationException();
  }

  /** Returns one. */
  public Network inspect(String network) {
    throw new UnsupportedOperationException();
  }

  /** Makes a bridge and returns its id. */
  public String create(String name, Map<String, String> labels) {
    throw new UnsupportedOperationException();
  }

  /** Removes one that no container is in. */
  public void remove(String network) {}
}
