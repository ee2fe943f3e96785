package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"Maria", "MARIA", " maria ", "\uff2daria"})
  void foldsSpellingsThatADirectoryTakesForTheSame(String typed) {
    assertThat(LoginName.parse(typed)).contains(new LoginName("maria"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "ma\u0000ria", "ma\nria", "ma\u00adria", "ma\u200bria", "\ud800"})
  void refusesEmptyInvisibleAndBrokenNames(String typed) {
    assertThat(LoginName.parse(typed)).isEmpty();
  }

  @Test
  void refusesMoreThan128Characters() {
    assertThat(LoginName.parse("a".repeat(128))).isPresent();
    assertThat(LoginName.parse("a".repeat(129))).isEmpty();
    assertThat(LoginName.parse("\ufdfa".repeat(128))).as("grows when folded").isEmpty();
  }

  @Test
  void isStableAndBoundedWhateverIsTyped() {
    for (String typed : Hostile.logins(5000)) {
      LoginName.parse(typed)
          .ifPresent(
              name -> {
                assertThat(name.text()).hasSizeBetween(1, 128);
                assertThat(LoginName.parse(name.text())).contains(name);
              });
    }
  }
}
