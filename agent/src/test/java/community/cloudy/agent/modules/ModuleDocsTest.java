package community.cloudy.agent.modules;

import community.cloudy.agent.Reference;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Holds the documents to the settings. */
final class ModuleDocsTest {
  @Test
  void theDocumentOfEachModuleHasARowForEachOfItsSettings() throws IOException {
    for (ServiceModule<?, ?> module : ServiceLoader.load(ServiceModule.class)) {
      if (!(module instanceof EchoModule)) {
        Path page = Reference.DOCS.resolve(module.descriptor().id() + ".md");
        new Reference(page, "settings").is(Settings.reference(module.settings()));
      }
    }
  }
}
