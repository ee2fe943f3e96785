package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataTest {
  private static App read(String text) {
    return SampleApp.folder(text).app();
  }

  private static String changed(String from, String to) {
    assertThat(SampleApp.METADATA).contains(from);
    return SampleApp.METADATA.replace(from, to);
  }

  @Test
  void readsWhatAnAppSays() {
    App app = read(SampleApp.METADATA);
    assertThat(app.id()).isEqualTo(new AppId("notes"));
    assertThat(app.title().in(Language.CA)).isEqualTo("Notes");
    assertThat(app.tagline().in(Language.CA)).isEqualTo("Write things down");
    assertThat(app.memory()).isEqualTo(64L << 20);
    assertThat(app.architectures()).isEqualTo(Set.of("amd64"));
    assertThat(app.healthyWithin()).isEqualTo(Duration.ofMinutes(5));
    assertThat(app.fields()).hasSize(11);
    assertThat(app.fields().get(2).fallback()).contains("Our notes");
    assertThat(app.fields().get(9).file()).isTrue();
    assertThat(app.fields().get(10).file()).isFalse();
    assertThat(app.announces().get(0).path()).isEqualTo(Optional.of("/"));
    assertThat(app.backup().volumes()).containsExactly("data");
    assertThat(app.backup().before().orElseThrow().command()).containsExactly("save", "--all");
  }

  @Test
  void saysAllProblemsWithLineAndColumn() {
    String text =
        changed("memory: 64m", "memory: much\nmemroy: 64m").replace("id: notes", "id: Not/es");
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            AppException.class,
            e -> {
              assertThat(e.code()).isEqualTo(AppException.Code.INVALID);
              assertThat(e.problems())
                  .extracting(p -> p.line() + ":" + p.column())
                  .containsExactly("1:5", "8:9", "9:9");
              assertThat(e).hasMessageContaining("app.yaml:9:9: unknown key memroy");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: "1.0"        | version: 1.0                      | must be text, not a number. Put it in quotes
          title: {ca: Notes, es: Notas, en: Notes} | title: {} | must be in one language at least
          en: Notes}            | en: "<b>"}                        | nor < or >
          category: documents   | category: games                   | must be one of
          default: "8080", p    | default: "80", p                  |
          name: HTTP_PORT,      | name: COMPOSE_FILE,               | a name Compose or the system uses
          name: HTTP_PORT,      | name: http_port,                  | a letter first
          name: OTHER_PORT,     | name: HTTP_PORT,                  | twice. Keep one
          default: "10",        | default: "100",                   | must be 1 to 99
          default: red          | default: green                    | must be one of red, blue
          default: 16m, min     | default: 4m, min                  | must be 8m to 1g
          port: HTTP_PORT, path | port: PAGES, path                 | no field of type port
          multi_instance: true  | multi_instance: yes               | must be true or false
          [save, --all]         | []                                | must have 1 to 32 words
          type: boolean,        | type: bool,                       | type must be
          pattern: "[A-Za-z $']+" | pattern: "(?=x)y"               | is no RE2 pattern
          Our notes             | ${PATH}                           | must not hold ${
          """)
  void refuses(String from, String to, String reason) {
    if (reason == null) {
      return;
    }
    assertThatThrownBy(() -> read(changed(from, to)))
        .isInstanceOf(AppException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x 1\nb: *x",
        "a: !!java/object 1",
        "a: 1\n---\nb: 2",
        "a: 1\na: 2",
        "? [1]\n: 2",
        "- 1",
        "",
        "a: [",
        "\u0000"
      })
  void refusesWhatIsNotOnePlainDocument(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(AppException.class);
  }

  @Test
  void boundsDepthBeforeItRecurses() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(AppException.class)
        .hasMessageContaining("nested more than");
  }

  @Test
  void refusesAnIconThatIsNotThere() {
    assertThatThrownBy(() -> read("icon: icon.svg\n" + SampleApp.METADATA))
        .hasMessageContaining("there is no icon.svg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "a-",
        "A",
        "a/b",
        "..",
        "a b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refusesIdsThatAreNoPlainNames(String id) {
    assertThatThrownBy(() -> new AppId(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
