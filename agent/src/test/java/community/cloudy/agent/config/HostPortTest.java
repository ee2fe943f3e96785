package community.cloudy.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3:7946", "localhost:0", "[2001:db8::1]:65535", "a_b-c.d:1"})
  void printsAsItWasWritten(String text) {
    assertThat(HostPort.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7946",
        ":7946",
        "10.1.2.3",
        "10.1.2.3:",
        "::1:7946",
        "[a]:x",
        "a b:1",
        "a:-1"
      })
  void rejectsWhatIsNotHostAndPort(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsPortAbove65535() {
    assertThatThrownBy(() -> HostPort.parse("10.1.2.3:65536")).hasMessageContaining("65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:1", "127.9.8.7:1", "localhost:1", "[::1]:1", "[0:0:0:0:0:0:0:1]:1"})
  void knowsLoopbackAddresses(String text) {
    assertThat(HostPort.parse(text).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:1",
        "[::]:1",
        "10.0.0.1:1",
        "127.0.0.1.example:1",
        "[2001:db8::1]:1",
        "[fe80::1]:1"
      })
  void knowsOtherAddresses(String text) {
    assertThat(HostPort.parse(text).isLoopback()).isFalse();
  }
}
