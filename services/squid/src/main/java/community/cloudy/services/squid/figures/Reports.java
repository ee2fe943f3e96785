package community.cloudy.services.squid.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the reports of Squid's cache manager, which it gives to this node alone.
 *
 * @param port where Squid answers
 */
public record Reports(int port) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * What Squid says of itself.
   *
   * @param version of the program
   * @param service the name it was started with
   * @param clients how many addresses use it
   */
  public record Info(String version, String service, long clients) {}

  /** Reads {@code mgr:info}. */
  public Info info() throws IOException {
    String text = report("info");
    return new Info(
        after(text, "Squid Object Cache: Version").orElse(""),
        after(text, "Service Name:").orElse(""),
        after(text, "Number of clients accessing cache:")
            .filter(number -> number.matches("[0-9]{1,18}"))
            .map(Long::valueOf)
            .orElse(0L));
  }

  /** Reads {@code mgr:counters}: numbers since the start, by Squid's names. */
  public SortedMap<String, Double> counters() throws IOException {
    return counters(report("counters"));
  }

  static SortedMap<String, Double> counters(String text) {
    SortedMap<String, Double> counters = new TreeMap<>();
    for (String line : text.lines().limit(1000).toList()) {
      String[] parts = line.split(" = ", 2);
      if (parts.length == 2 && parts[1].matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
        counters.put(parts[0].strip(), Double.valueOf(parts[1]));
      }
    }
    return Collections.unmodifiableSortedMap(counters);
  }

  private String report(String name) throws IOException {
    String request =
        "GET /squid-internal-mgr/%s HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    Exchange exchange = Exchange.with(port, request.formatted(name), PATIENCE);
    if (exchange.status() != 200) {
      throw new IOException(
          "what answers on port %d does not give Squid's reports".formatted(port));
    }
    return exchange.body();
  }

  private static Optional<String> after(String text, String label) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).strip())
        .findFirst();
  }
}
