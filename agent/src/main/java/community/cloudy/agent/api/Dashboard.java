package community.cloudy.agent.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The dashboard's files, as the build has packed them: compressed, and each asset under a name that
 * changes with what is in it; and the manual, which there may be no network to read elsewhere. They
 * hold nothing of the node, so anybody who reaches it may see them.
 */
final class Dashboard {
  /** What the page may do: nothing but show, ask this node, and play what it made of answers. */
  static final String POLICY =
      "default-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String FOLDER = "/community/cloudy/agent/dashboard";
  private static final Pattern ASSET =
      Pattern.compile(
          "/(?:assets/[A-Za-z0-9_-]{1,80}|favicon|docs/[a-z-]{1,40})\\.(js|css|svg|md)");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "md", "text/plain; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private Dashboard() {}

  /**
   * Returns a file of the dashboard.
   *
   * @param path canonical
   * @param gzip whether the caller can read it compressed
   * @return empty if the path is none of the dashboard's
   */
  static Optional<Reply> find(String path, boolean gzip) {
    if (path.equals("/")) {
      return packed("/index.html")
          .map(file -> reply(file, "text/html; charset=utf-8", gzip))
          .map(
              page ->
                  page.with("Content-Security-Policy", POLICY).with("Cache-Control", "no-cache"));
    }
    Matcher asset = ASSET.matcher(path);
    if (!asset.matches()) {
      return Optional.empty();
    }
    String type = Objects.requireNonNull(TYPES.get(asset.group(1)));
    String keep = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    return packed(path).map(file -> reply(file, type, gzip).with("Cache-Control", keep));
  }

  private static Optional<byte[]> packed(String path) {
    try (InputStream in = Dashboard.class.getResourceAsStream(FOLDER + path + ".gz")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("could not read " + path + " of the dashboard", e);
    }
  }

  private static Reply reply(byte[] packed, String type, boolean gzip) {
    Reply reply =
        new Reply(200, type, gzip ? packed : unpacked(packed)).with("Vary", "Accept-Encoding");
    return gzip ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static byte[] unpacked(byte[] packed) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the dashboard is packed badly", e);
    }
  }
}
