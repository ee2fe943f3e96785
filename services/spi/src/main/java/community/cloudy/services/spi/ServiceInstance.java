package community.cloudy.services.spi;

import java.util.List;

/**
 * A module at work.
 *
 * @param <C> its settings
 */
public interface ServiceInstance<C extends Record> extends AutoCloseable {
  /**
   * Goes over to other settings; may block until they are seen to work.
   *
   * @throws ServiceException if they cannot be used, with the reason; the service then runs on as
   *     before
   */
  void reload(C settings);

  /** Returns how the service is. Cheap, from any thread: what is known, not what could be asked. */
  Status status();

  /** Returns the last lines, at most {@code lines}, that the service has logged. */
  List<String> log(int lines);

  /** Ends the service and frees everything. */
  void stop();

  /**
   * Frees everything of this process but lets the service run on: the agent is about to end, and
   * the next one goes on with {@link ServiceModule#start}.
   */
  @Override
  void close();
}
