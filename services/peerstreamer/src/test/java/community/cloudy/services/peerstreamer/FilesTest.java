package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, for the community and for browsers. */
final class FilesTest {
  @TempDir private Path folder;
  private Path films;
  private Path secret;

  @BeforeEach
  void make() throws IOException {
    films = Files.createDirectories(folder.resolve("films"));
    secret = Files.writeString(folder.resolve("secret"), "secret");
  }

  @Test
  void onlyFilesReallyBelowTheFoldersArePublished() throws IOException {
    Path film = Files.writeString(films.resolve("film.ts"), "film");
    Path link = Files.createSymbolicLink(films.resolve("link.ts"), secret);
    List<Path> folders = List.of(folder.resolve("not-there"), films);
    assertThat(Publishable.file(film, folders)).isEqualTo(film.toRealPath());
    for (Path refused : List.of(link, secret, films, films.resolve("../secret"), folder)) {
      assertThatThrownBy(() -> Publishable.file(refused, folders))
          .as(refused.toString())
          .hasMessageContaining("below a folder of which files may be published");
    }
  }

  @Test
  void browsersGetPlaylistAndSegmentsOnly() throws IOException {
    Hls hls = new Hls(films);
    Files.writeString(films.resolve("index.m3u8"), "#EXTM3U");
    Files.writeString(films.resolve("17.ts"), "video");
    assertThat(hls.file("index.m3u8").contentType()).isEqualTo("application/vnd.apple.mpegurl");
    assertThat(hls.file("17.ts").content()).asString().isEqualTo("video");
    Files.writeString(films.resolve("source.ffconcat"), "s3cret");
    for (String refused :
        List.of("source.ffconcat", "../secret", "..", "", "18.ts", "17.ts.tmp", "x.ts")) {
      assertThatThrownBy(() -> hls.file(refused)).as(refused).hasMessageContaining("There is no");
    }
    Files.createSymbolicLink(films.resolve("19.ts"), secret);
    assertThatThrownBy(() -> hls.file("19.ts")).hasMessageContaining("Could not read");
  }

  @Test
  void whatIsLeftOfAStreamIsClearedAndNothingElse() throws IOException {
    for (String name : List.of("index.m3u8", "1.ts", "2.ts.tmp", "source.ffconcat")) {
      Files.writeString(films.resolve(name), "x");
    }
    new Hls(films).clear();
    assertThat(films.toFile().list()).containsExactly("source.ffconcat");
  }
}
