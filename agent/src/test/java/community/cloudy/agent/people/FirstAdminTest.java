package community.cloudy.agent.people;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.config.AuthConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.auth.LoginResult;
import community.cloudy.auth.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstAdminTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private People people;

  @BeforeEach
  void open() throws IOException {
    Path file = Files.createFile(folder.resolve("cloudy.yaml"));
    AuthConfig config = new ConfigFiles(Optional.of(file), List.of()).load().auth();
    people = People.open(config, folder.resolve("auth"), () -> NOW, new SecureRandom());
  }

  private LoginResult login(String password) {
    return people.login().attempt("admin", Secret.of(password), Optional.empty());
  }

  @Test
  void printsThePasswordOnceWhereSomebodyReadsIt() {
    FirstAdmin.make(people, err, true);
    String text = printed.toString(StandardCharsets.UTF_8);
    Matcher password = Pattern.compile("password: (\\S+)").matcher(text);

    assertThat(password.find()).isTrue();
    assertThat(login(password.group(1))).isInstanceOf(LoginResult.Accepted.class);
    assertThat(folder.resolve("auth").resolve(FirstAdmin.FILE)).doesNotExist();
    FirstAdmin.make(people, err, true);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void keepsThePasswordInAPrivateFileOtherwiseUntilItIsAnother() throws IOException {
    FirstAdmin.make(people, err, false);
    Path file = folder.resolve("auth").resolve(FirstAdmin.FILE);

    assertThat(printed.size()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(login(Files.readString(file).strip())).isInstanceOf(LoginResult.Accepted.class);
    FirstAdmin.forget(people, "maria");
    assertThat(file).exists();
    FirstAdmin.forget(people, "admin");
    assertThat(file).doesNotExist();
  }

  @Test
  void takesAFileForNobodyWhoReads() {
    assertThat(FirstAdmin.isRead(Map.of("JOURNAL_STREAM", "1:2"))).isFalse();
  }
}
