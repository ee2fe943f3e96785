package community.cloudy.services.spi.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  enum Colour {
    RED,
    DARK_BLUE
  }

  record Domain(String text) {
    Domain {
      if (!text.contains(".")) {
        throw new IllegalArgumentException("must have a dot");
      }
    }
  }

  record Inner(
      @Setting("Name of it") String name,
      @Setting(value = "How much", fallback = "1.5", max = 9) double weight) {}

  record Pair(
      @Setting(value = "Least", fallback = "1", max = 99) int least,
      @Setting(value = "Most", fallback = "9", max = 99) int most) {
    Pair {
      if (least > most) {
        throw new IllegalArgumentException("must have least below most");
      }
    }
  }

  record Everything(
      @Setting(value = "Port to listen on", ca = "Port", fallback = "3128", min = 1, max = 65535)
          int listenPort,
      @Setting(value = "On", fallback = "true") boolean on,
      @Setting(value = "Colour", fallback = "red") Colour colour,
      @Setting(value = "Wait", fallback = "90s") Duration pause,
      @Setting("Folder") Optional<Path> folder,
      @Setting(value = "Domains", max = 20) List<Domain> domains,
      @Setting("Parts") List<Inner> parts,
      @Setting(value = "Words", pattern = "[a-z]+") Map<String, String> words,
      @Setting("Range") Pair range) {}

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Everything bind(String text) {
    return Settings.bind(Everything.class, json(text));
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(SettingsException.class, () -> bind(text)).problems().stream()
        .map(problem -> problem.pointer() + " " + problem.message())
        .toList();
  }

  @Test
  void nothingWrittenMeansTheDefaults() {
    assertThat(bind("{}"))
        .isEqualTo(
            new Everything(
                3128,
                true,
                Colour.RED,
                Duration.ofSeconds(90),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                new Pair(1, 9)));
  }

  @Test
  void everythingCanBeWrittenAsTextToo() {
    assertThat(
            bind(
                """
                {'listen_port': '80', 'on': 'false', 'colour': 'dark_blue', 'pause': '2h',
                 'folder': '/srv/../data', 'domains': ['a.cat'], 'parts': [{'name': 'x'}],
                 'words': {'One Word': 'abc'}, 'range': {'least': 3}}
                """))
        .isEqualTo(
            new Everything(
                80,
                false,
                Colour.DARK_BLUE,
                Duration.ofHours(2),
                Optional.of(Path.of("/data")),
                List.of(new Domain("a.cat")),
                List.of(new Inner("x", 1.5)),
                Map.of("One Word", "abc"),
                new Pair(3, 9)));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsPlace() {
    assertThat(
            problems(
                """
                {'listen_port': 0, 'on': 'yes', 'colour': 'green', 'pause': '5', 'folder': 'data',
                 'domains': ['a.cat', 'nodot'], 'parts': [{'weight': 10}], 'words': {'a/b': 'A'},
                 'range': {'least': 50}, 'prot': 1}
                """))
        .containsExactlyInAnyOrder(
            "/listen_port must be a number from 1 to 65535",
            "/on must be true or false",
            "/colour must be one of red, dark_blue",
            "/pause must be a time such as 90s, 30m, 2h or 7d",
            "/folder must be a path from / on",
            "/domains/1 must have a dot",
            "/parts/0/name must be written",
            "/parts/0/weight must be a number from 0 to 9",
            "/words/a~1b must match [a-z]+",
            "/range must have least below most",
            "/prot is not known here. Known: listen_port, on, colour, pause, folder, domains, parts,"
                + " words, range");
  }

  @Test
  void refusesTextsOfSeveralLinesAndNul() {
    for (String bad :
        List.of("a.cat\\n", "a.\\u0000cat", "a.cat\\r\\ninclude", "a\\u001b[31m.cat")) {
      assertThat(problems("{'domains': ['" + bad + "']}"))
          .containsExactly("/domains/0 must be on one line, of at most 20 characters");
    }
    assertThat(problems("{'domains': ['" + "a.".repeat(11) + "']}")).hasSize(1);
  }

  @Test
  void refusesOtherShapes() {
    assertThat(problems("{'domains': 'a.cat', 'listen_port': [1], 'range': 5, 'words': []}"))
        .hasSize(4);
    assertThat(problems("[]")).containsExactly(" must be a map");
  }

  @Test
  void whatIsReadIsWhatIsWritten() {
    Everything settings =
        bind("{'domains': ['a.cat'], 'parts': [{'name': 'x'}], 'colour': 'dark_blue'}");
    assertThat(Settings.bind(Everything.class, Settings.json(settings))).isEqualTo(settings);
  }

  @Test
  void theSchemaTakesWhatIsReadAndRefusesTheRest() {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Settings.schema(Everything.class));
    String good = Settings.json(bind("{'parts': [{'name': 'x'}]}")).toString();
    assertThat(schema.validate(good.replace(",\"folder\":null", ""), InputFormat.JSON)).isEmpty();
    for (String bad :
        List.of(
            "{\"listen_port\":0}",
            "{\"colour\":\"green\"}",
            "{\"parts\":[{}]}",
            "{\"words\":{\"a\":\"A\"}}",
            "{\"prot\":1}")) {
      assertThat(schema.validate(bad, InputFormat.JSON)).as(bad).isNotEmpty();
    }
    assertThat(Settings.schema(Everything.class).at("/properties/listen_port").toString())
        .isEqualTo(
            "{\"type\":\"integer\",\"minimum\":1,\"maximum\":65535,\"title\":\"Port to listen on\","
                + "\"x-titles\":{\"ca\":\"Port\"},\"default\":3128}");
  }

  @Test
  void theReferenceHasARowForEachKey() {
    assertThat(Settings.reference(Everything.class).lines())
        .contains(
            "| `listen_port` | 1 to 65535 | `3128` | Port to listen on |",
            "| `pause` | time | `90s` | Wait |",
            "| `parts[].name` | text | none: must be written | Name of it |",
            "| `range.least` | 0 to 99 | `1` | Least |");
  }

  @Test
  void aRecordThatCannotBeSettingsIsItsAuthorsFault() {
    record Wrong(@Setting("x") Object any) {}
    assertThatThrownBy(() -> Settings.schema(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("any");
  }
}
