package community.cloudy.services.bind.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That no value ends a statement of named.conf, and that keys are read as strictly. */
final class ConfTest {
  private static final String NASTY = "\n\r\0\"\\;{}#/* \tab1.é";

  @Test
  void aQuotedTextStaysBetweenItsQuotes() {
    Random random = new Random(3);
    int kept = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = nasty(random);
      try {
        String written = Conf.quoted(text).written();
        assertThat(written).isEqualTo('"' + text + '"');
        assertThat(text).doesNotContain("\"", "\\", "\n", "\r", "\0", "\t");
        kept++;
      } catch (IllegalArgumentException e) {
        assertThat(text).containsAnyOf("\"", "\\", "\n", "\r", "\0", "\t");
      }
    }
    assertThat(kept).isBetween(100, 19_900);
  }

  @Test
  void aWordHoldsNothingThatMeansSomething() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      String text = nasty(random);
      try {
        assertThat(Conf.word(text).written()).matches("[A-Za-z0-9:._/-]+");
      } catch (IllegalArgumentException e) {
        assertThat(text).isNotEqualTo("ab1.");
      }
    }
    assertThatThrownBy(() -> Conf.word("10.0.0.1; }")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String nasty(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(0, 6); i >= 0; i--) {
      text.append(NASTY.charAt(random.nextInt(NASTY.length())));
    }
    return text.toString();
  }

  @Test
  void aKeyComesBackFromItsFileAndIsNeverShown() {
    TsigKey key = TsigKey.made("cloudy-update", new Random(5));
    assertThat(TsigKey.read(key.text())).isEqualTo(key);
    assertThat(key.toString()).isEqualTo("key cloudy-update");
    assertThat(key.secret()).hasSize(44);
  }

  @Test
  void refusesFilesThatAreMoreOrLessThanAKey() {
    String good = TsigKey.made("k", new Random(6)).text();
    for (String bad :
        List.of(
            "",
            good + good,
            good + "zone \"x\" { };",
            good.replace("\"k\"", "\"k;\""),
            good.replace("sha256", "md5"),
            good.replaceFirst("secret \"[^\"]*\"", "secret \"AAAA\""),
            good.replaceFirst("secret \"[^\"]*\"", "secret \"=A=\""))) {
      assertThatThrownBy(() -> TsigKey.read(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
