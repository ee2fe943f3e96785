package community.cloudy.services.spi.web;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/**
 * A document at a URL, as it comes. Redirects are not followed, so that it comes from where a
 * person said.
 */
public final class Download implements Closeable {
  private static final int MILLIS = 30_000;
  private static final int MAX_VERSION = 200;

  private final HttpURLConnection connection;
  private final int code;

  private Download(HttpURLConnection connection, int code) {
    this.connection = connection;
    this.code = code;
  }

  /**
   * Asks for a document; blocks.
   *
   * @param url of http or https
   * @param version the {@link #version} that is known, or empty
   * @throws IOException if the answer is neither the document nor that it is still the same
   */
  public static Download open(String url, String version) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    if (!version.isEmpty()) {
      boolean isTag = version.startsWith("\"") || version.startsWith("W/");
      connection.setRequestProperty(isTag ? "If-None-Match" : "If-Modified-Since", version);
    }
    try {
      int code = connection.getResponseCode();
      boolean same = code == HttpURLConnection.HTTP_NOT_MODIFIED && !version.isEmpty();
      if (code != HttpURLConnection.HTTP_OK && !same) {
        String to = connection.getHeaderField("Location");
        throw new IOException(
            "the server answered " + code + (to == null ? "" : " and named " + to));
      }
      return new Download(connection, code);
    } catch (IOException e) {
      connection.disconnect();
      throw e;
    }
  }

  /** Tells whether the document is still of the version that was known. */
  public boolean isSame() {
    return code == HttpURLConnection.HTTP_NOT_MODIFIED;
  }

  /** Returns by what to ask whether it is another; empty if the server does not say. */
  public String version() {
    return Optional.ofNullable(connection.getHeaderField("ETag"))
        .or(() -> Optional.ofNullable(connection.getHeaderField("Last-Modified")))
        .filter(version -> version.length() <= MAX_VERSION)
        .orElse("");
  }

  /**
   * Returns what it holds.
   *
   * @param most bytes, more of which are refused while reading
   */
  public InputStream content(long most) throws IOException {
    return new Bounded(connection.getInputStream(), most);
  }

  @Override
  public void close() {
    connection.disconnect();
  }

  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.most = most;
      left = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("it has more than " + most + " bytes");
      }
      return read;
    }
  }
}
