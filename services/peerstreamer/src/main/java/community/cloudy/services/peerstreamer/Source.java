package community.cloudy.services.peerstreamer;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where video comes from. It may hold a login, so it is shown by {@link #shown} only.
 *
 * @param text {@code file:/PATH}, {@code device:/dev/NAME}, or an {@code rtsp}, {@code http},
 *     {@code https} or {@code udp} URL; at most 1024 characters
 */
record Source(String text) {
  private static final int MOST = 1024;
  private static final int MAX_PORT = 65535;

  /** What reads it. */
  enum Scheme {
    FILE,
    DEVICE,
    RTSP,
    HTTP,
    HTTPS,
    UDP
  }

  /** Checks that a program can be handed it, and takes it for nothing else. */
  Source {
    if (text.length() > MOST
        || text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\'')) {
      throw new IllegalArgumentException(
          "must have at most 1024 characters, none of them a control character or an apostrophe");
    }
    Scheme scheme = scheme(text);
    if (scheme == Scheme.FILE || scheme == Scheme.DEVICE) {
      path(text);
    } else {
      checkUrl(scheme, text);
    }
  }

  Scheme scheme() {
    return scheme(text);
  }

  private static Scheme scheme(String text) {
    for (Scheme scheme : Scheme.values()) {
      if (text.startsWith(scheme.name().toLowerCase(Locale.ROOT) + ":")) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "must begin with file:, device:, rtsp:, http:, https: or udp:");
  }

  /** Returns the file or the device. */
  Path path() {
    return path(text);
  }

  private static Path path(String text) {
    String path = text.substring(text.indexOf(':') + 1);
    if (path.startsWith("//")) {
      path = path.substring(2);
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("must name a path from / on, such as file:/srv/film.ts");
    }
    return Path.of(path).normalize();
  }

  private static void checkUrl(Scheme scheme, String text) {
    URI uri = uri(text);
    boolean isPlace =
        uri.getHost() != null && uri.getRawFragment() == null && uri.getPort() <= MAX_PORT;
    if (!isPlace || text.chars().anyMatch(c -> c > '~')) {
      throw new IllegalArgumentException("must name a host, such as rtsp://10.1.2.3:554/live");
    }
    boolean isBare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
    if (scheme == Scheme.UDP && (!isBare || uri.getPort() < 1)) {
      throw new IllegalArgumentException(
          "must be an address and a port only, such as udp://239.1.2.3:5000");
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Its message holds the text, and that may hold a password.
      throw new IllegalArgumentException("must be a URL such as rtsp://10.1.2.3:554/live");
    }
  }

  /** Tells whether it may hold what others must not see. */
  boolean isSecret() {
    Scheme scheme = scheme();
    return scheme != Scheme.FILE
        && scheme != Scheme.DEVICE
        && (uri(text).getRawUserInfo() != null || uri(text).getRawQuery() != null);
  }

  /** Returns it without login and query, for people. */
  String shown() {
    if (!isSecret()) {
      return text;
    }
    URI uri = uri(text);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String login = uri.getRawUserInfo() == null ? "" : "***@";
    String query = uri.getRawQuery() == null ? "" : "?***";
    return uri.getScheme() + "://" + login + uri.getHost() + port + uri.getRawPath() + query;
  }

  /** As it is shown: no log may get the login. */
  @Override
  public String toString() {
    return shown();
  }
}
