package community.cloudy.services.spi.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManagedFolderTest {
  @TempDir Path temp;
  private ManagedFolder folder;
  private final Recorder steps = new Recorder();

  /** Notes what it is asked, and refuses what a test wants. */
  private static final class Recorder implements Steps {
    final List<String> calls = new ArrayList<>();
    String refused = "";

    @Override
    public void check(Path at) {
      call("check " + text(at));
    }

    @Override
    public void reload(Path at) {
      call("reload " + text(at));
    }

    @Override
    public void verify() {
      call("verify");
    }

    private void call(String call) {
      calls.add(call);
      if (call.equals(refused)) {
        throw new ServiceException(Code.FAILED, "refused: " + call);
      }
    }
  }

  @BeforeEach
  void open() {
    folder = new ManagedFolder(temp.resolve("config"), Optional.empty());
  }

  private static String text(Path folder) {
    try {
      return Files.readString(folder.resolve("main.conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean apply(String text) {
    return folder.apply(at -> Map.of("main.conf", text, "zones/a.zone", "in " + at), steps);
  }

  @Test
  void checksThenSwitchesThenReloadsThenVerifies() throws IOException {
    assertThat(apply("one")).isTrue();
    assertThat(steps.calls).containsExactly("check one", "reload one", "verify");
    assertThat(folder.current().resolve("zones/a.zone")).hasContent("in " + folder.current());
    assertThat(Files.getPosixFilePermissions(folder.current().resolve("main.conf"))).hasSize(2);
  }

  @Test
  void doesNothingIfNothingChanged() {
    apply("one");
    steps.calls.clear();
    assertThat(apply("one")).isFalse();
    assertThat(steps.calls).isEmpty();
  }

  @Test
  void whatTheCheckerRefusesIsNeverUsed() {
    apply("one");
    steps.calls.clear();
    steps.refused = "check two";
    assertThatThrownBy(() -> apply("two")).hasMessage("refused: check two");
    assertThat(steps.calls).containsExactly("check two");
    assertThat(text(folder.current())).isEqualTo("one");
    assertThat(folder.versions()).hasSize(1);
  }

  @Test
  void putsTheFormerVersionBackIfReloadOrVerifyRefuse() {
    apply("one");
    for (String refused : List.of("reload two", "verify")) {
      steps.calls.clear();
      steps.refused = refused;
      assertThatThrownBy(() -> apply("two")).hasMessage("refused: " + refused);
      assertThat(steps.calls).endsWith("reload one");
      assertThat(text(folder.current())).isEqualTo("one");
    }
    steps.refused = "";
    assertThat(apply("two")).isTrue();
  }

  @Test
  void aVersionThatWasNotProvedIsProvedAgain() {
    steps.refused = "verify";
    assertThatThrownBy(() -> apply("one")).isInstanceOf(ServiceException.class);
    steps.refused = "";
    steps.calls.clear();
    assertThat(apply("one")).isTrue();
    assertThat(steps.calls).endsWith("verify");
  }

  @Test
  void keepsTenVersionsAndTellsThemApart() {
    for (int i = 1; i <= 14; i++) {
      apply("line\nnumber " + i + "\n");
    }
    assertThat(folder.versions()).hasSize(10);
    assertThat(folder.versions().get(0).number()).isEqualTo(14);
    assertThat(folder.versions().get(0).inUse()).isTrue();
    assertThat(folder.diff(13, 14))
        .isEqualTo(
            """
            --- main.conf
            +++ main.conf
            @@ -1,2 +1,2 @@
             line
            -number 13
            +number 14
            """);
    assertThatThrownBy(() -> folder.diff(1, 14)).hasMessageContaining("not kept");
  }

  @Test
  void noFileLiesOutside() {
    assertThatThrownBy(() -> folder.apply(at -> Map.of("../out", "x"), steps))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("outside");
    assertThat(temp.resolve("config/out")).doesNotExist();
  }
}
