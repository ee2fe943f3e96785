package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormTest {
  private static final Map<String, String> LEAST =
      Map.of("OWNER", "anna", "PASSWORD", "correct horse");

  private static Installation fill(Map<String, String> values, IntPredicate free) {
    return Form.fill(SampleApp.folder(), values, free, new Random(1));
  }

  private static Installation fill(String name, String value) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put(name, value);
    return fill(values, port -> true);
  }

  @Test
  void takesDefaultsAndMakesSecrets() {
    Installation made = fill(LEAST, port -> true);
    assertThat(made.variables())
        .containsEntry("TITLE", "Our notes")
        .containsEntry("PAGES", "10")
        .containsEntry("COLOUR", "red")
        .doesNotContainKey("PASSWORD");
    assertThat(made.variables().get("TOKEN")).matches("[A-Za-z0-9]{32}");
    assertThat(made.secrets().get("key")).matches("[A-Za-z0-9]{40}");
    assertThat(made.secrets()).containsEntry("password", "correct horse");
    assertThat(made.toString()).doesNotContain("correct horse", made.secrets().get("key"));
  }

  @Test
  void movesPortsUpToFreeOnes() {
    Installation made = fill(LEAST, port -> port > 8085);
    assertThat(made.variables())
        .containsEntry("HTTP_PORT", "8086")
        .containsEntry("OTHER_PORT", "8087");
  }

  @Test
  void givesTheChosenPortToWhoChoseIt() {
    assertThat(fill("OTHER_PORT", "8080").variables())
        .containsEntry("OTHER_PORT", "8080")
        .containsEntry("HTTP_PORT", "8081");
  }

  @Test
  void refusesAPortInUse() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("HTTP_PORT", "9000");
    assertThatThrownBy(() -> fill(values, port -> port != 9000))
        .hasMessageContaining("HTTP_PORT: port 9000 is in use");
  }

  @Test
  void saysAllThatDoesNotFit() {
    Map<String, String> values =
        Map.of("PAGES", "0", "TITLE", "a\nb", "COLOUR", "green", "PASSWORD", "short", "NAME", "x");
    assertThatThrownBy(() -> fill(values, port -> true))
        .isInstanceOfSatisfying(
            AppException.class,
            e ->
                assertThat(e.problems())
                    .extracting(AppProblem::place)
                    .containsExactly("TITLE", "OWNER", "PAGES", "COLOUR", "PASSWORD", "NAME"));
  }

  @Test
  void refusesWhatNoComposeCouldReadBack() {
    assertThatThrownBy(() -> fill("OWNER", "${HOME}")).hasMessageContaining("must not hold ${");
    assertThatThrownBy(() -> fill("OWNER", "it's $5")).hasMessageContaining("together with");
    assertThatThrownBy(() -> fill("OWNER", "a\u2028b")).hasMessageContaining("one line");
    assertThat(fill("OWNER", "it's 5 \\ \"x\"").env())
        .contains("OWNER=\"it's 5 \\\\ \\\"x\\\"\"\n");
  }

  @Test
  void keepsSecretsForTheOwnerAlone(@TempDir Path temp) throws IOException {
    Path folder = temp.resolve("notes");
    fill(LEAST, port -> true).write(folder);
    for (String file : new String[] {".env", "secrets/key", "secrets/password"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(folder.resolve("secrets/password")).hasContent("correct horse");
    assertThat(folder.resolve("compose.yaml")).hasContent(SampleApp.COMPOSE);
  }
}
