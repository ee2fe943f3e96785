package community.cloudy.containers.engine;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What can be done with containers. {@code container} is a name or an id. May be called from any
 * thread, and blocks; all methods throw {@link EngineException}.
 */
public final class ContainerApi {
  ContainerApi() {}

  /**
   * Returns all containers, stopped ones too.
   *
   * @param labels those it must have; an empty value stands for any
   */
  public List<Container> list(Map<String, String> labels) {
    throw new UnsupportedOperationException();
  }

  /** Returns all there is to know of one. */
  public ContainerDetail inspect(String container) {
    throw new UnsupportedOperationException();
  }

  /** Makes one, from an image that is here, and returns its id. It does not run yet. */
  public String create(ContainerRequest request) {
    throw new UnsupportedOperationException();
  }

  /** Starts one; does nothing if it runs. */
  public void start(String container) {}

  /** Asks one to end, and kills it after {@code grace}; does nothing if it does not run. */
  public void stop(String container, Duration grace) {}

  /** Stops one like {@link #stop}, and starts it. */
  public void restart(String container, Duration grace) {}

  /** Sends it a signal, such as {@code SIGHUP}. */
  public void kill(String container, String signal) {}

  /** Freezes one. */
  public void pause(String container) {}

  /** Lets a frozen one go on. */
  public void unpause(String container) {}

  /**
   * Removes one.
   *
   * @param force whether it is killed if it runs
   * @param volumes whether its volumes without a name go, too
   */
  public void remove(String container, boolean force, boolean volumes) {}

  /** Gives one another name. */
  public void rename(String container, String name) {}

  /** Returns the processes of one that runs. */
  public ProcessTable top(String container) {
    throw new UnsupportedOperationException();
  }

  /** Reads the log of one. */
  public EngineStream logs(
      String container, LogOptions options, EngineStream.Listener<LogLine> listener) {
    throw new UnsupportedOperationException();
  }

  /** Reads about each second what one uses. */
  public EngineStream stats(String container, EngineStream.Listener<Stats> listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs a command in one that runs, to its end.
   *
   * @param argv program and arguments; no shell
   * @param atMost how long to wait for it; it runs on when that is over
   * @param maxOutput bytes kept of each stream
   */
  public ExecResult exec(String container, List<String> argv, Duration atMost, int maxOutput) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns a file or folder of one as a tar; it need not run. Links are not followed. To be
   * closed.
   */
  public InputStream copyOut(String container, String path) {
    throw new UnsupportedOperationException();
  }

  /** Unpacks a tar into a folder of one, which need not run. */
  public void copyIn(String container, String path, InputStream tar) {}
}
