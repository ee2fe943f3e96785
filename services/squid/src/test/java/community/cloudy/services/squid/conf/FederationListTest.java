package community.cloudy.services.squid.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.squid.conf.FederationList.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FederationListTest {
  @Test
  void readsWhatGuifiExports() {
    FederationList list = FederationList.parse("1234-inout\n8-private\r\n\n99-in\n100-out\n");

    assertThat(list.own()).isEqualTo(1234);
    assertThat(list.modes())
        .containsEntry(8, Mode.PRIVATE)
        .containsEntry(99, Mode.IN)
        .containsEntry(100, Mode.OUT)
        .hasSize(4);
    assertThat(FederationList.parse(list.text())).isEqualTo(list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "<html>", "12-inout extra", "12", "-in", "123456789-in", "1-IN"})
  void takesNothingOfAListThatIsNone(String text) {
    assertThatThrownBy(() -> FederationList.parse("1-in\n" + text + (text.isBlank() ? "x" : "")))
        .hasMessageContaining("line");
    assertThatThrownBy(() -> FederationList.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAListWithoutEnd() {
    assertThatThrownBy(() -> FederationList.parse("1-in\n".repeat(5001)))
        .hasMessageContaining("more than 5000 lines");
  }
}
