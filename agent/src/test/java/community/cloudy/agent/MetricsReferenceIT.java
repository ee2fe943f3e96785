package community.cloudy.agent;

import static community.cloudy.agent.Reference.head;
import static community.cloudy.agent.Reference.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the reference to what an agent tells. What a figure means stands in the page and nowhere
 * else.
 */
final class MetricsReferenceIT {
  private static final Reference PAGE = Reference.of("metrics.md");

  @TempDir private Path folder;

  @Test
  void thePageHasARowForEachFigureOfAnAgentAndNoOther() throws Exception {
    Map<String, String> types = new TreeMap<>();
    Map<String, String> samples = new TreeMap<>();
    try (RunningAgent agent = RunningAgent.start(folder)) {
      for (String line : told(agent).lines().toList()) {
        String[] words = line.split(" ", 4);
        if (line.startsWith("# TYPE ")) {
          types.put(words[2], words[3]);
        } else if (!line.startsWith("#")) {
          samples.put(words[0].replaceFirst("\\{.*", ""), label(words[0]));
        }
      }
    }
    StringBuilder text = new StringBuilder(head("figure", "type", "what it is"));
    Map<String, String> words = PAGE.words();
    samples.forEach(
        (name, label) -> {
          String key = name + label;
          text.append(row(List.of("`" + key + "`", types.get(name), words.getOrDefault(key, ""))));
        });

    PAGE.is(text.toString());
    for (Map.Entry<String, String> sample : samples.entrySet()) {
      assertThat(PAGE.words().get(sample.getKey() + sample.getValue())).isNotBlank();
    }
  }

  /** Holds the page to have a row for each figure of a module of {@code agent}. */
  static void explains(RunningAgent agent, String module) throws Exception {
    TreeSet<String> figures = new TreeSet<>();
    String prefix = "cloudy_module_" + module + "_";
    told(agent)
        .lines()
        .filter(line -> line.startsWith(prefix))
        .forEach(line -> figures.add(line.split(" ", 2)[0]));
    assertThat(figures).isNotEmpty();
    assertThat(PAGE.words().keySet()).containsAll(figures);
  }

  private static String label(String sample) {
    return sample.replaceFirst("^[a-z_]+", "").replaceAll("=\"[^\"]*\"", "");
  }

  private static String told(RunningAgent agent) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(agent.url() + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }
}
