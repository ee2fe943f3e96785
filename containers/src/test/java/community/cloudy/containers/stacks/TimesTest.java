package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TimesTest {
  private static final StackFiles PLAIN = StackFiles.of("services: {}");

  @Test
  void whatAStackSaysItselfGoesFirst() {
    Times times =
        Times.USUAL.with(
            files ->
                Optional.of(files)
                    .filter(all -> all.content().containsKey("app.yaml"))
                    .map(all -> Duration.ofMinutes(10)));

    assertThat(times.patience(PLAIN.with("app.yaml", "x"))).isEqualTo(Duration.ofMinutes(10));
    assertThat(times.patience(PLAIN)).isEqualTo(Duration.ofMinutes(2));
    assertThat(times.steady()).isEqualTo(Duration.ofSeconds(3));
  }
}
