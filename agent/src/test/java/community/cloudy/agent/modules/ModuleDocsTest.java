package community.cloudy.agent.modules;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * Holds the documents to the settings. {@code -Dcloudy.docs.write=true} writes the tables anew
 * instead.
 */
final class ModuleDocsTest {
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->\n";
  private static final Path DOCS = Path.of("../docs");

  @Test
  void theDocumentOfEachModuleHasARowForEachOfItsSettings() throws IOException {
    for (ServiceModule<?, ?> module : ServiceLoader.load(ServiceModule.class)) {
      if (module instanceof EchoModule) {
        continue;
      }
      Path file = DOCS.resolve(module.descriptor().id() + ".md");
      String text = Files.readString(file);
      int begin = text.indexOf(BEGIN) + BEGIN.length();
      int end = text.indexOf(END);
      assertThat(end).as("%s has %s", file, END).isGreaterThan(begin - 1);
      String table = Settings.reference(module.settings());
      if (Boolean.getBoolean("cloudy.docs.write")) {
        Files.writeString(file, text.substring(0, begin) + table + text.substring(end));
      } else {
        assertThat(text.substring(begin, end)).as(file.toString()).isEqualTo(table);
      }
    }
  }
}
