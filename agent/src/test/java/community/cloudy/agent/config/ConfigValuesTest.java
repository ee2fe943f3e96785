package community.cloudy.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigValuesTest {
  @TempDir private Path folder;

  private Map<String, ConfigValue> values(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(file, yaml);
    return new ConfigFiles(Optional.of(file), List.of(overrides))
        .values().stream().collect(Collectors.toMap(ConfigValue::key, Function.identity()));
  }

  private String place(ConfigValue value) {
    return value.origin().map(Origin::toString).orElse("default").replace(folder + "/", "");
  }

  @Test
  void tellsWhereEachKeyIsWritten() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/10-more.yaml"), "gossip: {join: [a:1, b:2]}\n");

    Map<String, ConfigValue> values =
        values("node:\n  name: attic\ngossip:\n  join: [c]\n", "log.level=debug");

    assertThat(values.get("node.name").value()).isEqualTo("attic");
    assertThat(place(values.get("node.name"))).isEqualTo("cloudy.yaml:2:3");
    assertThat(values.get("gossip.join").value()).isEqualTo("a:1, b:2");
    assertThat(place(values.get("gossip.join"))).isEqualTo("conf.d/10-more.yaml:1:10");
    assertThat(values.get("log.level").value()).isEqualTo("debug");
    assertThat(place(values.get("log.level"))).isEqualTo("--set log.level");
  }

  @Test
  void tellsWhatIsNotWrittenAsItWouldBe() throws IOException {
    Map<String, ConfigValue> values = values("api: {listen: }\nnode: {name: }\n");

    assertThat(values.get("gossip.bind").value()).isEqualTo("0.0.0.0:7946");
    assertThat(values.get("gossip.profile").value()).isEqualTo("lan");
    assertThat(values.get("containers.limits.memory").value()).isEqualTo("512m");
    assertThat(values.get("containers.limits.cpus").value()).isEqualTo("1");
    assertThat(values.get("containers.engine").value()).isEqualTo("unix:///var/run/docker.sock");
    assertThat(values.get("containers.images.prune_after").value()).isEqualTo("30d");
    assertThat(values.get("discovery.hide_after").value()).isEqualTo("2h");
    assertThat(values.get("api.metrics_from").value()).isEqualTo("127.0.0.1, ::1");
    assertThat(values.get("auth.roles.viewer").value()).isEqualTo("*");
    assertThat(place(values.get("auth.roles.viewer"))).isEqualTo("default");
    // What is left empty to be switched off is written; what has a value all the same is not.
    assertThat(values.get("api.listen").value()).isEmpty();
    assertThat(place(values.get("api.listen"))).isEqualTo("cloudy.yaml:1:7");
  }

  @Test
  void tellsAllKeysOfTheModulesThatAreNamed() throws IOException {
    Map<String, ConfigValue> values = values("services:\n  squid:\n    port: 3129\n");

    assertThat(values.get("services.squid.port").value()).isEqualTo("3129");
    assertThat(place(values.get("services.squid.port"))).isEqualTo("cloudy.yaml:3:5");
    assertThat(values.get("services.squid.enabled").value()).isEqualTo("false");
    assertThat(place(values.get("services.squid.enabled"))).isEqualTo("default");
  }

  @Test
  void showsNoSecret() throws IOException {
    Path key = folder.resolve("gossip.key");
    Files.writeString(key, "AAECAwQFBgcICQoLDA0ODw==\n");
    Files.setPosixFilePermissions(
        key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

    Map<String, ConfigValue> values = values("gossip: {encrypt_key_file: %s}\n".formatted(key));

    assertThat(values.get("gossip.encrypt_key_file").value()).isEqualTo(key.toString());
    assertThat(values.values().toString()).doesNotContain("AAECAwQFBgcICQoLDA0ODw");
    assertThat(ConfigValue.fallback("a", "http://maria:word@cnml.example/9").value())
        .isEqualTo("http://***@cnml.example/9");
    assertThat(ConfigValue.fallback("a", "x".repeat(2000)).value()).hasSize(1001);
  }
}
