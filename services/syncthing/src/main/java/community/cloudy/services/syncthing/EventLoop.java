package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Syncthing's events and looks again after some have come; while Syncthing does not
 * answer, tries again every second.
 *
 * @see <a href="https://docs.syncthing.net/dev/events.html">Event API</a>
 */
final class EventLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
  private static final Duration POLL = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 1000;
  private static final String EVENTS =
      "ConfigSaved,DeviceConnected,DeviceDisconnected,DevicePaused,DeviceResumed,"
          + "FolderCompletion,FolderErrors,FolderPaused,FolderResumed,FolderSummary,"
          + "PendingDevicesChanged,PendingFoldersChanged,StateChanged,StartupComplete";

  private final SyncthingApi api;
  private final Consumer<View> seen;
  private final Thread thread;
  private volatile boolean closed;

  /** Begins; {@code seen} hears of each view on the loop's thread. */
  EventLoop(SyncthingApi api, Consumer<View> seen) {
    this.api = api;
    this.seen = seen;
    thread = new Thread(this::run, "syncthing-events");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long last = 0;
    while (!closed) {
      try {
        seen.accept(View.of(api));
        last = await(last);
        // Events come in swarms; one look a second is enough.
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS / 2);
      } catch (IOException | ServiceException e) {
        log.debug("Syncthing does not answer reason={}", e.getMessage());
        last = 0;
        if (!pause()) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Returns the number of the last event, once there is one after {@code last}. */
  private long await(long last) throws IOException {
    String path =
        "/rest/events?since=%d&timeout=%d&limit=%d&events=%s"
            .formatted(last, POLL.toSeconds(), last == 0 ? 1 : 100, EVENTS);
    JsonNode events = api.call("GET", path, MissingNode.getInstance(), POLL.plusSeconds(10));
    return events.isEmpty() ? last : events.get(events.size() - 1).path("id").asLong();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
