package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedAppsTest {
  private static final Map<AppId, AppFolder> APPS = ShippedApps.all();

  static Set<AppId> ids() {
    return APPS.keySet();
  }

  private static JsonNode compose(AppId id) {
    return SchemaTest.tree(APPS.get(id).text(AppFolder.COMPOSE));
  }

  @Test
  void areTen() {
    assertThat(APPS).hasSize(10);
  }

  @Test
  void listsEveryFile() throws IOException {
    Path source = Path.of("src/main/resources/community/cloudy/containers/apps/shipped");
    try (Stream<Path> files = Files.walk(source)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(file -> source.relativize(file).toString())
              .filter(name -> !name.equals("files"))
              .sorted()
              .toList();
      assertThat(Files.readAllLines(source.resolve("files"))).isEqualTo(found);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void speaksThreeLanguages(AppId id) {
    App app = APPS.get(id).app();
    assertThat(app.id()).isEqualTo(id);
    assertThat(app.icon()).isPresent();
    for (Words words : List.of(app.title(), app.tagline(), app.description())) {
      assertThat(words.texts()).containsOnlyKeys(Language.values());
    }
    for (Field field : app.fields()) {
      assertThat(field.label().texts()).as(field.name()).containsOnlyKeys(Language.values());
      field.help().ifPresent(help -> assertThat(help.texts()).containsOnlyKeys(Language.values()));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isFoundAmongTheFilesOfAStackMadeOfIt(AppId id) {
    assertThat(App.among(APPS.get(id).files())).contains(APPS.get(id).app());
    assertThat(App.among(Map.of(AppFolder.METADATA, new byte[] {'?'}))).isEmpty();
    assertThat(App.among(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void fitsTheSchema(AppId id) throws IOException {
    try (InputStream in = App.class.getResourceAsStream("app.schema.json")) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(schema.validate(SchemaTest.tree(APPS.get(id).text(AppFolder.METADATA)))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void runsWithLimitsLogsChecksAndFixedVersions(AppId id) {
    for (JsonNode service : compose(id).get("services")) {
      assertThat(service.get("image").asText()).matches(".+:[v0-9][0-9A-Za-z.-]+");
      assertThat(service.get("mem_limit").asText()).matches("[0-9]+[mg]");
      assertThat(service.get("cpus").asDouble()).as("a board may have one").isBetween(0.1, 1.0);
      assertThat(service.get("pids_limit").asInt()).isPositive();
      assertThat(service.at("/logging/options/max-size").asText()).isEqualTo("10m");
      assertThat(service.at("/healthcheck/test/0").asText()).isEqualTo("CMD");
      assertThat(service.get("restart").asText()).isEqualTo("unless-stopped");
      for (JsonNode volume : service.get("volumes")) {
        assertThat(volume.asText()).as("no path of the node").matches("[a-z]+:/.+");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void announcesByLabelsWhatItSaysItAnnounces(AppId id) {
    App app = APPS.get(id).app();
    assertThat(app.announces()).hasSize(1);
    for (App.Announced announced : app.announces()) {
      JsonNode labels = compose(id).at("/services/" + announced.service() + "/labels");
      assertThat(labels.get("cloudy.service.type").asText()).isEqualTo(announced.type());
      assertThat(labels.get("cloudy.service.name").asText()).isEqualTo(announced.name());
      // The label names the container's port, the metadata the one it is published on.
      String mapping = "${" + announced.port() + "}:" + labels.get("cloudy.service.port").asText();
      assertThat(compose(id).at("/services/" + announced.service() + "/ports"))
          .extracting(JsonNode::asText)
          .contains(mapping);
      assertThat(labels.path("cloudy.service.path").asText(""))
          .isEqualTo(announced.path().orElse(""));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void refersToItsFieldsAndNothingElse(AppId id) {
    App app = APPS.get(id).app();
    String text = APPS.get(id).text(AppFolder.COMPOSE).replace("$$", "");
    Set<String> referred = new HashSet<>();
    com.google.re2j.Matcher matcher =
        com.google.re2j.Pattern.compile("\\$\\{?([A-Za-z_]+)").matcher(text);
    while (matcher.find()) {
      referred.add(matcher.group(1));
    }
    Set<String> fields = new HashSet<>();
    app.fields().stream().filter(f -> !f.file()).forEach(f -> fields.add(f.name()));
    assertThat(referred).isEqualTo(fields);
    for (Field field : app.fields()) {
      if (field.file()) {
        assertThat(compose(id).at("/secrets/" + field.fileName() + "/file").asText())
            .isEqualTo("./secrets/" + field.fileName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void savesVolumesThatExist(AppId id) {
    JsonNode volumes = compose(id).get("volumes");
    for (String volume : APPS.get(id).app().backup().volumes()) {
      assertThat(volumes.has(volume)).as(volume).isTrue();
    }
  }
}
