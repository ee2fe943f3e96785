package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is given to Prometheus and Grafana to the reference of figures. */
final class MonitoringFilesTest {
  /** A whole name, and not the beginning of a pattern of names. */
  private static final Pattern FIGURE = Pattern.compile("cloudy_[a-z_]+\\b(?!\\.)");

  @ParameterizedTest
  @ValueSource(strings = {"cloudy-alerts.yaml", "cloudy-dashboard.json"})
  void nameOnlyFiguresThatThereAre(String file) throws IOException {
    Set<String> known =
        Reference.of("metrics.md").words().keySet().stream()
            .map(figure -> figure.replaceFirst("\\{.*", ""))
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    Matcher matcher =
        FIGURE.matcher(Files.readString(Path.of("../packaging/monitoring").resolve(file)));
    while (matcher.find()) {
      named.add(matcher.group());
    }

    assertThat(named).isNotEmpty().isSubsetOf(known);
  }
}
