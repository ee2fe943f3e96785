package community.cloudy.services.bind.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.spi.xml.Xml;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What named has counted since it began.
 *
 * @param facts {@code version}, {@code boot-time} and {@code config-time}
 * @param counters by group: {@code opcodes}, {@code rcodes}, {@code qtypes} and {@code nsstats}
 */
public record Statistics(
    SortedMap<String, String> facts, SortedMap<String, SortedMap<String, Long>> counters) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ANSWER = 4 << 20;
  private static final Xml.Limits LIMITS = new Xml.Limits(16, 1_000_000, MAX_ANSWER, MAX_ANSWER);
  private static final int MILLIS = 3_000;
  private static final Set<String> FACTS = Set.of("version", "boot-time", "config-time");

  /** The groups by their name in JSON, and their type in XML. */
  private static final Map<String, String> GROUPS =
      Map.of("opcodes", "opcode", "rcodes", "rcode", "qtypes", "qtype", "nsstats", "nsstat");

  /**
   * Asks the statistics channel: as JSON, or as XML where named was built without that.
   *
   * @throws IOException if it does not answer with either
   */
  public static Statistics read(int port) throws IOException {
    try {
      return ofJson(get(port, "/json/v1/server"));
    } catch (FileNotFoundException e) {
      return ofXml(get(port, "/xml/v3/server"));
    }
  }

  private static byte[] get(int port, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    try (InputStream in = connection.getInputStream()) {
      byte[] answer = in.readNBytes(MAX_ANSWER + 1);
      if (answer.length > MAX_ANSWER) {
        throw new IOException("the statistics are over " + MAX_ANSWER + " bytes");
      }
      return answer;
    } finally {
      connection.disconnect();
    }
  }

  static Statistics ofJson(byte[] answer) throws IOException {
    JsonNode json = JSON.readTree(answer);
    Statistics statistics = new Statistics(new TreeMap<>(), new TreeMap<>());
    for (String fact : FACTS) {
      statistics.facts.put(fact, json.path(fact).asText());
    }
    for (String group : GROUPS.keySet()) {
      json.path(group)
          .properties()
          .forEach(e -> statistics.count(group, e.getKey(), e.getValue().asLong()));
    }
    return statistics;
  }

  private void count(String group, String name, long number) {
    counters.computeIfAbsent(group, any -> new TreeMap<>()).put(name, number);
  }

  static Statistics ofXml(byte[] answer) {
    Statistics statistics = new Statistics(new TreeMap<>(), new TreeMap<>());
    Xml.read(
        "the statistics", new ByteArrayInputStream(answer), LIMITS, new XmlCounters(statistics));
    return statistics;
  }

  /** Takes the counters of the server, not those of its views. */
  private static final class XmlCounters implements Xml.Listener {
    private final Statistics statistics;
    private String type = "";
    private String name = "";
    private boolean inViews;

    XmlCounters(Statistics statistics) {
      this.statistics = statistics;
    }

    @Override
    public void begin(Xml.Element element) {
      inViews |= element.name().equals("views");
      type = element.name().equals("counters") ? element.at("type") : type;
      name = element.name().equals("counter") ? element.at("name") : element.name();
    }

    @Override
    public void end(String element) {
      inViews &= !element.equals("views");
      type = element.equals("counters") ? "" : type;
      name = "";
    }

    @Override
    public void text(String text) {
      if (!inViews && FACTS.contains(name)) {
        statistics.facts.put(name, text);
      } else if (!inViews && !type.isEmpty() && !name.isEmpty() && text.matches("[0-9]{1,18}")) {
        GROUPS.entrySet().stream()
            .filter(group -> group.getValue().equals(type))
            .forEach(group -> statistics.count(group.getKey(), name, Long.parseLong(text)));
      }
    }
  }
}
