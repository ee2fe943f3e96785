package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stacks as people publish them pass the policy as they are. */
final class CorpusIT {
  private static final Path CORPUS = Path.of("src/test/resources/stacks");

  @TempDir Path root;

  static Stream<String> stacks() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  void thereAreAtLeastThirty() throws IOException {
    assertThat(stacks()).hasSizeGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void isAccepted(String name) throws IOException {
    RealCompose compose = RealCompose.in(root);
    String text = Files.readString(CORPUS.resolve(name));

    Resolver.Resolved first =
        compose.resolve(Exceptions.NONE, Map.of("compose.yaml", text, ".env", "A=1\n"));

    assertThat(first.refusals()).isEmpty();
    Yaml.Fields services = first.run().orElseThrow().object("services");
    for (String service : services.fields().keySet()) {
      Yaml.Fields fields = services.object(service);
      assertThat(fields.fields())
          .containsKeys("mem_limit", "memswap_limit", "cpus", "pids_limit", "logging");
      assertThat(fields.get("security_opt").toString()).contains("no-new-privileges:true");
      assertThat(ports(fields)).allMatch(p -> p.matches("(10\\.1\\.2\\.3|127\\.0\\.0\\.1):.*"));
    }
    assertThat(Deployment.model(first.text()).toString()).doesNotContain("staging");
  }

  private static List<String> ports(Yaml.Fields service) {
    return service.get("ports").orElse(new Yaml.Items(0, List.of())) instanceof Yaml.Items items
        ? items.items().stream().flatMap(port -> Yaml.text(port).stream()).toList()
        : List.of();
  }
}
