package community.cloudy.services.spi.web;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a document lies.
 *
 * @param text a URL of http or https, or a path from / on
 */
public record Source(String text) {
  /** Checks that it is one of these. */
  public Source {
    if (!text.startsWith("/") && !isUrl(text)) {
      throw new IllegalArgumentException("must be a URL of http or https, or a path from / on");
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme());
      return uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Tells whether it is a file of this machine. */
  public boolean isFile() {
    return text.startsWith("/");
  }
}
