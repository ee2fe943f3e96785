package community.cloudy.services.squid.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginLineTest {
  @Test
  void readsWhatSquidAsks() {
    LoginLine line = LoginLine.parse("17 m%c3%a0rius%20b a%25b%0ac 10.1.2.3").orElseThrow();

    assertThat(line.channel()).isEqualTo("17");
    assertThat(line.login()).isEqualTo("màrius b");
    assertThat(line.password()).isEqualTo("a%b\nc");
    assertThat(line.address()).isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "maria secret 10.1.2.3",
        "1 maria secret",
        "1 maria secret 10.1.2.3 more",
        "1 maria %00 10.1.2.3",
        "1 maria a%zz 10.1.2.3",
        "1 maria a%2 10.1.2.3",
        "1 maria %ff%fe 10.1.2.3",
        "99999999999 maria secret 10.1.2.3"
      })
  void takesNothingElse(String line) {
    assertThat(LoginLine.parse(line)).isEmpty();
  }

  @Test
  void survivesAnything() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = new byte[random.nextInt(3 * BoundedLines.MAX)];
      random.nextBytes(bytes);
      BoundedLines lines = new BoundedLines(new ByteArrayInputStream(bytes));
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        LoginLine.parse(line.get().text());
      }
      i += 20;
    }
  }

  @Test
  void cutsALineThatIsTooLongAndGoesOnAfterIt() throws IOException {
    String text = "1 " + "x".repeat(100_000) + "\n2 short\nno end";
    BoundedLines lines =
        new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    BoundedLines.Line first = lines.next().orElseThrow();
    assertThat(first.whole()).isFalse();
    assertThat(first.text()).startsWith("1 x").hasSize(BoundedLines.MAX);
    assertThat(lines.next()).contains(new BoundedLines.Line("2 short", true));
    assertThat(lines.next()).isEmpty();
  }
}
