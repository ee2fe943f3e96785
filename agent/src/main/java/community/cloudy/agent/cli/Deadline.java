package community.cloudy.agent.cli;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.Timer;
import java.util.TimerTask;

/** Closes a channel on which one waits for too long: sockets in the file system know no timeout. */
final class Deadline implements AutoCloseable {
  static final long MILLIS = 60_000;

  private final Timer timer = new Timer("api-timeout", true);
  private final Channel channel;
  private TimerTask task;

  /** Begins to wait. */
  Deadline(Channel channel) {
    this.channel = channel;
    task = scheduled();
  }

  /** Begins to wait anew. */
  void extend() {
    task.cancel();
    task = scheduled();
  }

  private TimerTask scheduled() {
    TimerTask closing =
        new TimerTask() {
          @Override
          public void run() {
            try {
              channel.close();
            } catch (IOException e) {
              // Closing is all that was wanted.
              return;
            }
          }
        };
    timer.schedule(closing, MILLIS);
    return closing;
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
