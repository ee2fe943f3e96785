package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.FakeServices;
import community.cloudy.agent.api.ApiRig;
import community.cloudy.gossip.discovery.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A module from the command line to its drop-in file, against a real API. */
@Timeout(60)
final class ModuleCommandsTest {
  @TempDir private Path folder;
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    shell = new Shell(rig.socket());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Path dropIn() {
    return folder.resolve("conf.d/50-services-echo.yaml");
  }

  private String run(String... arguments) {
    assertThat(shell.run(arguments)).as(shell.err()).isZero();
    return shell.out();
  }

  @Test
  void listsWhatThereIs() {
    assertThat(run("module")).contains("echo", "disabled", "not enabled");
  }

  @Test
  void whatIsEnabledIsWrittenDownAndAnnounced() throws Exception {
    assertThat(run("module", "enable", "echo")).contains("echo is running: it says hello");
    assertThat(dropIn())
        .hasContent(
            """
            # Written by the API; may be changed by hand, and is then read at the next reload.
            services:
              echo:
                enabled: true
                run: external
                announce: true
                word: hello
                more: []
            """);
    FakeServices services = rig.community().services();
    while (services.own().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(services.own()).extracting(ServiceSpec::id).containsExactly("echo");
    run("module", "disable", "echo");
    while (!services.own().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void settingsAreChangedByKey() {
    run("module", "enable", "echo");
    run("module", "config", "echo", "word=123", "more=[\"a\",\"b\"]");
    assertThat(run("module", "show", "echo")).contains("it says 123");
    assertThat(run("module", "config", "echo")).contains("\"more\" : [ \"a\", \"b\" ]");
  }

  @Test
  void settingsThatAreRefusedChangeNothing() throws IOException {
    run("module", "enable", "echo");
    String before = Files.readString(dropIn());
    assertThat(shell.run("module", "config", "echo", "word=bad")).isEqualTo(1);
    assertThat(shell.err()).contains("it is a bad word");
    assertThat(shell.run("module", "config", "echo", "word=" + "x".repeat(41))).isEqualTo(1);
    assertThat(shell.err()).contains("word must be on one line, of at most 40 characters");
    assertThat(shell.run("module", "config", "echo", "wrod=x")).isEqualTo(1);
    assertThat(shell.err()).contains("wrod is not known here. Known: word, more");
    assertThat(dropIn()).hasContent(before);
    assertThat(run("module", "show", "echo")).contains("it says hello");
  }

  @Test
  void whatAnotherFileSaysOtherwiseIsNotKept() throws IOException {
    run("module", "enable", "echo");
    Files.writeString(folder.resolve("conf.d/90-mine.yaml"), "services: {echo: {word: mine}}\n");
    String before = Files.readString(dropIn());
    assertThat(shell.run("module", "config", "echo", "word=other")).isEqualTo(1);
    assertThat(shell.err()).contains("another file, or --set, says otherwise");
    assertThat(run("module", "show", "echo")).contains("it says hello");
    assertThat(dropIn()).hasContent(before);
  }

  @Test
  void whatIsWrittenByHandIsTakenAtAReload() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(
        folder.resolve("conf.d/90-mine.yaml"), "services: {echo: {enabled: true, word: mine}}\n");
    assertThat(run("module", "reload", "echo")).contains("echo is running: it says mine");
    Files.writeString(
        folder.resolve("conf.d/90-mine.yaml"), "services: {echo: {enabled: true, word: [1]}}\n");
    assertThat(shell.run("module", "reload", "echo")).isEqualTo(1);
    assertThat(shell.err()).contains("90-mine.yaml:1:40: services.echo.word must be one value.");
    assertThat(run("module", "show", "echo")).contains("it says mine");
  }

  @Test
  void aReloadOfEverythingSaysWhoGoesOnAsBefore() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    Path file = folder.resolve("conf.d/90-mine.yaml");
    Files.writeString(file, "services: {echo: {enabled: true, word: mine}}\n");
    assertThat(run("reload")).contains("Read again.");
    assertThat(run("module")).contains("it says mine");
    Files.writeString(file, "services: {echo: {enabled: true, word: bad}}\n");
    assertThat(shell.run("reload")).isEqualTo(1);
    assertThat(shell.err()).contains("echo goes on as before: Could not say bad");
    assertThat(run("module")).contains("it says mine");
  }

  @Test
  void isStoppedAndStartedByHand() {
    assertThat(shell.run("module", "stop", "echo")).isEqualTo(1);
    assertThat(shell.err()).contains("The module echo is not enabled");
    run("module", "enable", "echo");
    assertThat(run("module", "stop", "echo")).contains("echo is stopped: stopped by hand");
    assertThat(shell.run("module", "logs", "echo")).isEqualTo(1);
    assertThat(run("module", "start", "echo")).contains("echo is running");
    assertThat(run("module", "logs", "echo")).contains("said hello");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(shell.run("module", "show", "nothing")).isEqualTo(1);
    assertThat(shell.err()).contains("There is no module nothing. There are:").contains("echo");
  }
}
