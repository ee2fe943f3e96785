package community.cloudy.services.squid.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordTest {
  private static final String ALPHABET =
      "ab01./:_@=,+-[]\"'\\#%${};!|&<>()*? \t\r\n\0\u0085\u2028é";

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-i", "\"/etc/passwd\"", "a b", "a\n", "a\0b", "a#b", "a\\", "%a", "!a"})
  void refusesWhatSquidWouldNotTakeAsAPlainWord(String text) {
    assertThatThrownBy(() -> new Word(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isRefusedOrStaysOneWordOnOneLine() {
    Random random = new Random(20261124);
    int taken = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = text(random);
      try {
        String line = new Lines().add("acl a src", new Word(text)).toString();
        assertThat(line.split("\\s", -1)).containsExactly("acl", "a", "src", text, "");
        assertThat(text).doesNotContainPattern("[\"'\\\\#%${};!|&<>()*? \\p{Cntrl}\\u2028]");
        taken++;
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("must be");
      }
    }
    assertThat(taken).isGreaterThan(5000);
  }

  @Test
  void noCommentOrPhraseEndsItsLine() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String text = text(random);
      String comment = new Lines().comment(text).toString();
      assertThat(comment).startsWith("# ").endsWith("\n").hasLineCount(1);
      assertThat(comment.strip()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\\\]");
      try {
        assertThat(new Lines().phrase("realm", text).toString())
            .isEqualTo("realm " + text + "\n")
            .hasLineCount(1);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("must be");
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int harmless = random.nextInt(3);
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(harmless == 0 ? 10 : ALPHABET.length())));
    }
    return text.toString();
  }
}
