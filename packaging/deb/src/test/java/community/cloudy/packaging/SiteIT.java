package community.cloudy.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site that is made of the documents. */
final class SiteIT {
  @TempDir private Path folder;

  @Test
  void isMadeWithoutALinkThatLeadsNowhereOrAnythingFetchedFromElsewhere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkdocs")), "needs mkdocs");

    Shell built = Shell.run("../site/build", folder.toString());

    assertThat(built.exit()).as(built.all()).isZero();
    assertThat(Files.readString(folder.resolve("docs/tutorial.html")))
        .contains("<h1 id=", "style.css", "<pre>");
    assertThat(folder.resolve("docs/pictures/house.svg")).exists();
  }
}
