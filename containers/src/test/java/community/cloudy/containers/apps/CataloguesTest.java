package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CataloguesTest {
  private static final KeyPair SIGNER = pair();
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(30));

  @TempDir Path temp;
  private Path source;
  private Path state;
  private Instant now = NOW;

  static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    state = temp.resolve("state");
    writeApp(source, "1.0");
  }

  static void writeApp(Path source, String version) throws IOException {
    Path notes = Files.createDirectories(source.resolve("notes"));
    Files.writeString(
        notes.resolve("app.yaml"),
        SampleApp.METADATA.replace("version: \"1.0\"", "version: \"" + version + "\""));
    Files.writeString(notes.resolve("compose.yaml"), SampleApp.COMPOSE);
  }

  private Catalogues catalogues() {
    return new Catalogues(state, List.of(pair().getPublic(), SIGNER.getPublic()), () -> now);
  }

  private void sign(long version) {
    CatalogueSigner.sign(source, "guifi", version, LATER, SIGNER.getPrivate());
  }

  private Catalogues.Installed install(Catalogues catalogues) {
    return catalogues.install(CatalogueSource.folder(source), source.toString());
  }

  private void assertRefused(Catalogues catalogues, String reason) {
    ThrowingCallable install = () -> install(catalogues);
    assertThatThrownBy(install)
        .isInstanceOfSatisfying(
            AppException.class, e -> assertThat(e.code()).isNotEqualTo(AppException.Code.NOT_FOUND))
        .hasMessageContaining(reason);
  }

  private List<String> kept() throws IOException {
    if (!Files.exists(state)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void takesOverWhatATrustedKeySigned() {
    sign(1);
    Catalogues.Installed installed = install(catalogues());
    assertThat(installed.catalogue().name()).isEqualTo("guifi");
    assertThat(installed.catalogue().apps()).containsOnlyKeys(new AppId("notes"));
    // A new start reads it back and checks it again.
    Catalogues again = catalogues();
    assertThat(again.list()).hasSize(1);
    assertThat(again.get("guifi").orElseThrow().source()).isEqualTo(source.toString());
    assertThat(again.get("guifi").orElseThrow().catalogue().app(new AppId("notes"))).isPresent();
  }

  @Test
  void takesANewerVersionInPlaceOfTheOlder() throws IOException {
    Catalogues catalogues = catalogues();
    sign(1);
    install(catalogues);
    writeApp(source, "2.0");
    sign(2);
    install(catalogues);
    assertThat(kept()).containsExactly("guifi.2");
    App app =
        catalogues
            .get("guifi")
            .orElseThrow()
            .catalogue()
            .app(new AppId("notes"))
            .orElseThrow()
            .app();
    assertThat(app.version()).isEqualTo("2.0");
    assertThat(install(catalogues).catalogue().version()).isEqualTo(2);
  }

  @Test
  void neverGoesBackOrSideways() throws IOException {
    Catalogues catalogues = catalogues();
    sign(5);
    install(catalogues);
    sign(4);
    assertRefused(catalogues, "version 4 of guifi, and this node has version 5");
    writeApp(source, "9.0");
    sign(5);
    assertRefused(catalogues, "version 5 of guifi, and this node has version 5");
    assertThat(kept()).containsExactly("guifi.5");
  }

  @Test
  void refusesAStrangersSignature() throws IOException {
    CatalogueSigner.sign(source, "guifi", 1, LATER, pair().getPrivate());
    assertRefused(catalogues(), "no trusted key signed it");
    Files.writeString(source.resolve("index.json.sig"), "AAAA");
    assertRefused(catalogues(), "no trusted key signed it");
    assertThat(kept()).isEmpty();
  }

  @Test
  void refusesOneChangedByteOfAnyFile() throws IOException {
    sign(1);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] whole = Files.readAllBytes(file);
        byte[] bad = whole.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(file, bad);
        assertThatThrownBy(() -> install(catalogues()))
            .as(file.toString())
            .isInstanceOfSatisfying(
                AppException.class,
                e -> assertThat(e.code()).isEqualTo(AppException.Code.UNTRUSTED));
        Files.write(file, whole);
      }
    }
    assertThat(kept()).isEmpty();
    assertThat(install(catalogues()).catalogue().version()).isEqualTo(1);
  }

  @Test
  void refusesAnExpiredOne() {
    sign(1);
    now = LATER;
    assertRefused(catalogues(), "it expired at 2026-12-24T12:00:00Z");
  }

  @Test
  void showsAnInstalledOneThatExpired() {
    sign(1);
    install(catalogues());
    now = LATER;
    Catalogue catalogue = catalogues().get("guifi").orElseThrow().catalogue();
    assertThat(catalogue.isExpired(now)).isTrue();
    assertThat(catalogue.isExpired(NOW)).isFalse();
  }

  @Test
  void leavesOutWhatWasTamperedWithOnThisNode() throws IOException {
    sign(1);
    install(catalogues());
    Files.writeString(state.resolve("guifi.1/notes/compose.yaml"), "services: {}");
    assertThat(catalogues().list()).isEmpty();
  }

  @Test
  void refusesLinksAndMissingFiles() throws IOException {
    sign(1);
    Path compose = source.resolve("notes/compose.yaml");
    Files.move(compose, temp.resolve("elsewhere"));
    assertRefused(catalogues(), "there is no file notes/compose.yaml");
    Files.createSymbolicLink(compose, temp.resolve("elsewhere"));
    assertRefused(catalogues(), "there is no file notes/compose.yaml");
  }

  @Test
  void removesOne() throws IOException {
    Catalogues catalogues = catalogues();
    sign(1);
    install(catalogues);
    catalogues.remove("guifi");
    assertThat(kept()).isEmpty();
    assertThatThrownBy(() -> catalogues.remove("guifi"))
        .isInstanceOfSatisfying(
            AppException.class, e -> assertThat(e.code()).isEqualTo(AppException.Code.NOT_FOUND));
  }

  @Test
  void signsOnlySoundApps() throws IOException {
    Files.writeString(source.resolve("notes/app.yaml"), "id: notes");
    assertThatThrownBy(() -> sign(1)).hasMessageContaining("version is missing");
    Files.move(source.resolve("notes"), source.resolve("other"));
    Files.writeString(source.resolve("other/app.yaml"), SampleApp.METADATA);
    assertThatThrownBy(() -> sign(1)).hasMessageContaining("says it is notes");
  }
}
