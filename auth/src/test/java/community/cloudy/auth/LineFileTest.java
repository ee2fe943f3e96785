package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.AuthException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineFileTest {
  @TempDir private Path folder;

  private LineFile file() {
    return new LineFile(folder.resolve("file"), "the things", "Cloudy: a:b", 2);
  }

  @Test
  void readsBackWhateverWasWritten() {
    List<List<String>> records = new ArrayList<>();
    for (String text : Hostile.logins(500)) {
      // Unpaired surrogates are no text: UTF-8 has none.
      String utf8 = Secret.of(text).revealText();
      records.add(List.of("x" + utf8, utf8));
    }
    records.removeIf(record -> record.get(1).length() > 1000);
    file().write(records);

    assertThat(file().read()).isEqualTo(records);
  }

  @Test
  void isReadableForItsOwnerAloneAndByAPerson() throws Exception {
    file().write(List.of(List.of("maria", "a:b%c")));

    Path path = folder.resolve("file");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(path).hasContent("# Cloudy: a:b\nmaria:a%3Ab%25c\n");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void isEmptyWithoutAFile() {
    assertThat(file().read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a:b:c", "a:%4", "a:%zz", "a:%"})
  void saysWhichLineIsDamaged(String line) throws Exception {
    Files.writeString(folder.resolve("file"), "# remark\n\nx:y\n" + line + "\n");

    assertThatThrownBy(() -> file().read())
        .isInstanceOfSatisfying(
            AuthException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE))
        .hasMessageContaining("line 4")
        .hasMessageContaining("the things");
  }

  @Test
  void refusesATooLargeFile() throws Exception {
    Files.write(folder.resolve("file"), new byte[(4 << 20) + 1]);

    assertThatThrownBy(() -> file().read()).hasMessageContaining("more than");
  }
}
