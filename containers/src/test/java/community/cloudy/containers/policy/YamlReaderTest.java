package community.cloudy.containers.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlReaderTest {
  @Test
  void refusesABombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]%n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }

    assertThatThrownBy(() -> YamlReader.read("f", bomb.toString()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("unfolds to too many values");
  }

  @Test
  void refusesDepthBeforeItRecurses() {
    assertThatThrownBy(() -> YamlReader.read("f", "a: " + "[".repeat(100_000)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("levels deep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\na: 2",
        "a: !!python/object x",
        "a: 1\n---\nb: 2",
        "%YAML 1.1\n---\na: 1",
        "a: *b",
        "[a]",
        "a: \u0085b",
        "a: b\u2028c: d",
        "\ufeffa: b",
        "a: \u0007",
        "? [a]\n: b",
        "a: [",
        "",
      })
  void refusesWhatTwoReadersCouldReadInTwoWays(String text) {
    assertThatThrownBy(() -> YamlReader.read("f", text)).isInstanceOf(PolicyException.class);
  }

  @Test
  void knowsTheLineOfAKey() {
    Yaml.Fields root = YamlReader.read("f", "a: 1\nb:\n  c: 2\n");

    assertThat(root.object("b").fields().get("c").line()).isEqualTo(3);
  }

  @Test
  void writesWhatItReads() {
    String text =
        "\"a\": \"$$x \\\"\\n\"\n\"b\":\n  - 1\n  - true\n\"c\": null\n\"d\": {}\n\"e\": []\n";

    Yaml.Fields read = YamlReader.read("f", text);

    assertThat(YamlWriter.write((Yaml.Fields) Policy.mapTexts(read, t -> t.replace("$$", "$"))))
        .isEqualTo(text);
  }
}
