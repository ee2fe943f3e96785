package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack remembers of its app, and what a newer version of that takes over. */
final class InstalledAppTest {
  private static final String NEWER =
      SampleApp.METADATA
          .replace("1.0", "1.1")
          .replace("  - {name: OPEN, type: boolean, label: {en: Open}, default: \"false\"}\n", "")
          .replace("label: {en: Token}, into: env}", "label: {en: Token}}")
          .replace(
              "announces:",
              """
                - {name: EMAIL, type: string, label: {en: Email}, required: true}
                - {name: SALT, type: secret, label: {en: Salt}}
                - {name: ADMIN_PORT, type: port, label: {en: Admin}, default: "8080"}
              announces:""");

  private final Map<String, byte[]> files = new HashMap<>();
  private Installation before;

  @BeforeEach
  void install() {
    AppFolder folder = SampleApp.folder();
    before =
        Form.fill(
            folder,
            Map.of("OWNER", "anna", "PASSWORD", "correct horse", "PAGES", "42", "TITLE", "It's"),
            port -> true,
            new Random(1));
    files.putAll(before.content(Map.of()));
    files.put(
        InstalledApp.FILE, InstalledApp.origin(new AppShelf.Offer("near", folder, folder.app())));
  }

  private InstalledApp installed() {
    return InstalledApp.among(files).orElseThrow();
  }

  private List<String> edited() {
    return installed().edited(SampleApp.folder(NEWER), files);
  }

  private Installation refill(Map<String, String> values) {
    return Form.refill(
        SampleApp.folder(NEWER),
        files,
        values,
        port -> installed().ports(files).contains(port) || port > 8090,
        new Random(2));
  }

  private void put(String file, String text) {
    files.put(file, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aStackSaysWhereItsAppCameFrom() {
    assertThat(installed().catalogue()).isEqualTo("near");
    assertThat(installed().app().version()).isEqualTo("1.0");
    assertThat(edited()).isEmpty();
    assertThat(InstalledApp.among(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"catalogue\": 1, \"files\": []}", "[[[[[[[[]]]]]]]]"})
  void whatSaysItNotIsTakenForTheShippedCatalogue(String origin) {
    put(InstalledApp.FILE, origin);

    assertThat(installed().hashes()).isEmpty();
    put("compose.yaml", SampleApp.COMPOSE + "# mine?\n");
    assertThat(edited()).containsExactly("app.yaml", "compose.yaml");
  }

  @Test
  void tellsWhatAPersonWrote() {
    put("compose.yaml", SampleApp.COMPOSE + "# mine\n");
    put(".env", before.env() + "MINE=1\n");
    put("mine.conf", "which no update touches");

    assertThat(edited()).containsExactly("compose.yaml", ".env");
  }

  @Test
  void aFileOfAPersonInThePlaceOfANewOneCountsAsWritten() {
    put("new.conf", "mine");
    Map<String, byte[]> newer = new HashMap<>(SampleApp.folder(NEWER).files());
    newer.put("new.conf", "theirs".getBytes(StandardCharsets.UTF_8));

    assertThat(installed().edited(new AppFolder(newer), files)).containsExactly("new.conf");
  }

  @Test
  void aNewerVersionKeepsValuesAndSecretsAndMakesNewOnes() {
    put("secrets/key", before.secrets().get("key") + "\n");

    Installation made = refill(Map.of("EMAIL", "anna@example.org"));

    assertThat(made.variables())
        .containsEntry("OWNER", "anna")
        .containsEntry("PAGES", "42")
        .containsEntry("TITLE", "It's")
        .containsEntry("HTTP_PORT", "8080")
        .containsEntry("OTHER_PORT", "8081")
        .containsEntry("ADMIN_PORT", "8091")
        .containsEntry("EMAIL", "anna@example.org")
        .doesNotContainKeys("OPEN", "TOKEN");
    assertThat(made.secrets())
        .containsEntry("password", "correct horse")
        .containsEntry("key", before.secrets().get("key"))
        .containsEntry("token", before.variables().get("TOKEN"));
    assertThat(made.secrets().get("salt")).matches("[A-Za-z0-9]{32}");
    // Its program may read the file with the line's end.
    assertThat(made.content(files).get("secrets/key")).isEqualTo(files.get("secrets/key"));
  }

  @Test
  void aNewerVersionTakesGivenValuesInPlaceOfKeptOnes() {
    Installation made = refill(Map.of("EMAIL", "a@b.c", "PAGES", "7", "OWNER", ""));

    assertThat(made.variables()).containsEntry("PAGES", "7").containsEntry("OWNER", "anna");
  }

  @Test
  void saysAllThatANewerVersionNeedsAndTheStackLacks() {
    put(".env", before.env().replace("PAGES='42'", "PAGES=$MANY"));
    App newer = SampleApp.folder(NEWER).app();

    assertThat(InstalledApp.lacking(newer, files)).containsExactly("PAGES", "EMAIL");
    assertThatThrownBy(() -> refill(Map.of()))
        .hasMessageContaining("PAGES: is written in .env in a way that is not understood")
        .hasMessageContaining("EMAIL: must be filled in");
    assertThat(refill(Map.of("PAGES", "3", "EMAIL", "a@b.c")).variables())
        .containsEntry("PAGES", "3");
  }
}
