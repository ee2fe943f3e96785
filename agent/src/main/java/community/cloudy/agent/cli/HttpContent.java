package community.cloudy.agent.cli;

import java.io.IOException;
import java.io.InputStream;

/** The content of an HTTP/1.1 answer (RFC 9112, section 6), as it comes. */
final class HttpContent extends InputStream {
  private final InputStream in;
  private final boolean chunked;
  private int left;
  private boolean begun;
  private boolean ended;

  private HttpContent(InputStream in, boolean chunked, int left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
  }

  static HttpContent ofLength(InputStream in, int length) {
    return new HttpContent(in, false, length);
  }

  static HttpContent chunked(InputStream in) {
    return new HttpContent(in, true, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Returns what there is of the present chunk, without waiting for more. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int count = in.read(bytes, offset, Math.min(length, left));
    if (count < 0) {
      throw new IOException("its answer was cut short");
    }
    left -= count;
    return count;
  }

  private boolean nextChunk() throws IOException {
    if (!chunked || ended) {
      return false;
    }
    if (begun && !HttpHead.line(in).isEmpty()) {
      throw new IOException("its answer is damaged");
    }
    begun = true;
    left = HttpHead.number(HttpHead.line(in).replaceFirst(";.*", "").strip(), 16);
    ended = left == 0;
    return !ended;
  }
}
