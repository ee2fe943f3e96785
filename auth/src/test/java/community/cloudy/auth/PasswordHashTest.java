package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.AuthException.Code;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {
  private static final Secret PASSWORD = Secret.of("correct horse");
  private final PasswordHash hash = new PasswordHash(new SecureRandom(), Duration.ofSeconds(60));

  @Test
  void verifiesWhatItHashedAndNothingElse() {
    String verifier = hash.hash(PASSWORD);

    assertThat(verifier).startsWith("$argon2id$v=19$m=7168,t=5,p=1$").doesNotContain("correct");
    assertThat(hash.verify(PASSWORD, verifier)).isTrue();
    assertThat(hash.verify(Secret.of("correct horsf"), verifier)).isFalse();
    assertThat(hash.verify(Secret.of(""), verifier)).isFalse();
  }

  @Test
  void saltsEachHash() {
    assertThat(hash.hash(PASSWORD)).isNotEqualTo(hash.hash(PASSWORD));
  }

  // From the test suite of the reference implementation.
  @Test
  void verifiesHashesOfTheReferenceImplementation() {
    String verifier =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    assertThat(hash.verify(Secret.of("password"), verifier)).isTrue();
    assertThat(hash.verify(Secret.of("passwore"), verifier)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=8,t=1,p=4$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void verifiesNothingWithABadOrUnboundedVerifier(String verifier) {
    assertThat(hash.verify(Secret.of("password"), verifier)).isFalse();
  }

  @Test
  void refusesRatherThanWaitForEver() throws Exception {
    PasswordHash impatient = new PasswordHash(new SecureRandom(), Duration.ofMillis(1));
    CountDownLatch stop = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              while (stop.getCount() > 0) {
                try {
                  impatient.burn(PASSWORD);
                } catch (AuthException e) {
                  // The test itself had its turn.
                }
              }
            });
    other.start();
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  impatient.burn(PASSWORD);
                }
              })
          .isInstanceOfSatisfying(
              AuthException.class, e -> assertThat(e.code()).isEqualTo(Code.BUSY));
    } finally {
      stop.countDown();
      other.join(TimeUnit.SECONDS.toMillis(60));
    }
  }
}
