package community.cloudy.agent.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off clients who send their request a byte now and then, and would so hold a connection for
 * ever: from one beat to the next but one they sent something, and no request of theirs began.
 */
final class SlowClients implements Connection.Listener {
  private static final Logger log = LoggerFactory.getLogger(SlowClients.class);

  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

  /**
   * How far a connection has come.
   *
   * @param requests how many began
   * @param bytes how many came
   * @param drips for how many beats bytes came without another request
   */
  private record Progress(long requests, long bytes, int drips) {}

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Progress(connection.getMessagesIn(), connection.getBytesIn(), 0));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Looks at every connection. */
  void beat() {
    open.replaceAll(SlowClients::looked);
    open.forEach(
        (connection, progress) -> {
          if (progress.drips() >= 2) {
            log.info("Cut off a client: it sends its request too slowly");
            connection.close();
          }
        });
  }

  /** Tells how much all that are connected have sent. */
  long bytesIn() {
    return open.keySet().stream().mapToLong(Connection::getBytesIn).sum();
  }

  private static Progress looked(Connection connection, Progress before) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean drips = bytes > before.bytes() && requests == before.requests();
    return new Progress(requests, bytes, drips ? before.drips() + 1 : 0);
  }
}
