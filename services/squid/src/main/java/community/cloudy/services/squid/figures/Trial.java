package community.cloudy.services.squid.figures;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of fetching a page by the proxy, under the same rules as anybody's.
 *
 * @param status of the answer
 * @param what it means
 * @param cache whether it came from the cache, as Squid says
 * @param millis how long it took
 */
public record Trial(int status, String what, String cache, long millis) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * Fetches a page; of {@code https} only the tunnel is tried.
   *
   * @param credentials {@code LOGIN:PASSWORD}
   * @throws IllegalArgumentException if the URL is none that a proxy takes
   */
  public static Trial of(int port, String url, Optional<String> credentials) throws IOException {
    URI uri = URI.create(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("it must be like http://example.org/");
    }
    boolean tunnel = scheme.equals("https");
    String host = uri.getHost() + ":" + (uri.getPort() < 0 ? tunnel ? 443 : 80 : uri.getPort());
    String target = tunnel ? "CONNECT " + host : "GET " + uri.toASCIIString();
    String login = credentials.map(Trial::header).orElse("");
    String request =
        target + " HTTP/1.0\r\nHost: " + host + "\r\n" + login + "Connection: close\r\n\r\n";
    long start = System.nanoTime();
    // An open tunnel says nothing after its first line.
    Exchange exchange =
        tunnel
            ? Exchange.headWith(port, request, PATIENCE)
            : Exchange.with(port, request, PATIENCE);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    return new Trial(
        exchange.status(), meaning(exchange, tunnel), exchange.header("X-Cache"), millis);
  }

  private static String header(String credentials) {
    String coded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return "Proxy-Authorization: Basic " + coded + "\r\n";
  }

  /** What comes before a tunnel is open comes from the proxy itself. */
  private static String meaning(Exchange exchange, boolean tunnel) {
    String error = tunnel ? "that it has no way" : exchange.header("X-Squid-Error");
    return switch (exchange.status()) {
      case 200 -> tunnel ? "the way is open" : "fetched";
      case 407 -> "the proxy wants a login that it can take";
      case 403 -> error.isEmpty() ? "the site refuses" : "the proxy's rules do not allow it";
      default -> error.isEmpty() ? "the site answers" : "the proxy says " + error;
    };
  }
}
