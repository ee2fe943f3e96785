package community.cloudy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PagesTest {
  @TempDir private Path folder;

  private String page(String name) throws Exception {
    Pages.main(new String[] {folder.toString(), "1.2", "2026-11-23T00:00:00Z"});
    return Files.readString(folder.resolve(name));
  }

  @Test
  void writesAManualForEachCommand() throws Exception {
    assertThat(page("cloudy.1"))
        .startsWith(".TH CLOUDY 1 2026-11-23 \"cloudy 1.2\" \"Cloudy\"\n.SH NAME\ncloudy \\- ")
        .contains(".SH OPTIONS", "\\fB\\-o\\fR, \\fB\\-\\-output\\fR", "\\fBcloudy\\-members\\fR")
        .contains(".SH EXIT STATUS", "the agent cannot be reached")
        .doesNotContain("class\\-archive");
    assertThat(folder.resolve("cloudy-class-archive.1")).doesNotExist();
    assertThat(Files.readString(folder.resolve("cloudy-keys.1")))
        .contains(".SS cloudy keys install", "\\fB\\-\\-file\\fR", ".SH SEE ALSO")
        .doesNotContain("\\-\\-output\\fR");
  }

  @Test
  void escapesWhatTheManualTakesForRequests() {
    assertThat(Manual.escape(".TH a\\b -c")).isEqualTo("\\&.TH a\\eb \\-c");
  }

  @Test
  void manualsPassTheFormatter() throws Exception {
    page("cloudy.1");
    try (Stream<Path> pages = Files.list(folder)) {
      List<Path> manuals = pages.filter(file -> file.toString().endsWith(".1")).toList();
      assertThat(manuals).hasSizeGreaterThan(40);
      for (Path manual : manuals) {
        assertThat(Shell.run("groff", "-man", "-ww", "-z", "-Tutf8", manual.toString()).all())
            .isEmpty();
      }
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    page("cloudy");
    String script =
        """
        source "$0"
        COMP_WORDS=(cloudy "$@"); COMP_CWORD=$#
        _complete_cloudy
        echo "${COMPREPLY[@]}"
        """;
    String file = folder.resolve("cloudy").toString();

    assertThat(Shell.run("bash", "-c", script, file, "mem").out().strip()).isEqualTo("members");
    assertThat(Shell.run("bash", "-c", script, file, "members", "--st").out().strip())
        .isEqualTo("--status");
  }

  @Test
  void fishHearsOfCommandsBelowCommands() throws Exception {
    assertThat(page("cloudy.fish"))
        .contains("complete -c cloudy -n '__fish_use_subcommand' -f -a members -d '")
        .contains("-n '__fish_seen_subcommand_from keys; and not __fish_seen_subcommand_from ")
        .contains("-n '__fish_seen_subcommand_from members' -r -l status -d ");
  }
}
