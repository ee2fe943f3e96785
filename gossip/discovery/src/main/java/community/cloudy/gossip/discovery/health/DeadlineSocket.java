package community.cloudy.gossip.discovery.health;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket whose reads, taken together, end with a deadline. A read timeout alone starts afresh
 * with every byte; and a TLS socket layered over this one reads through it too.
 */
final class DeadlineSocket extends Socket {
  private final Deadline deadline;

  DeadlineSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        setSoTimeout(deadline.leftMillis());
        return super.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        setSoTimeout(deadline.leftMillis());
        return super.read(into, offset, length);
      }
    };
  }
}
