package community.cloudy.agent.config;

import static community.cloudy.agent.Reference.head;
import static community.cloudy.agent.Reference.row;

import community.cloudy.agent.Reference;
import community.cloudy.agent.modules.EchoModule;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Settings;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the reference to the modules there are; their own settings are in their own documents. */
final class ModulesReferenceTest {
  @Test
  void thePageDescribesEachModule() throws IOException {
    StringBuilder text = new StringBuilder("\n## What every module has\n\n");
    text.append(Settings.reference(ModulesConfig.Shared.class)).append('\n');
    ServiceLoader.load(ServiceModule.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(module -> !(module instanceof EchoModule))
        .sorted(Comparator.comparing(module -> module.descriptor().id()))
        .forEach(module -> describe(text, module));

    Reference.of("modules.md").is(text.toString());
  }

  private static void describe(StringBuilder text, ServiceModule<?, ?> module) {
    String id = module.descriptor().id();
    text.append("## ").append(id).append("\n\n");
    text.append(module.descriptor().summaries().get("en")).append("\n\n");
    text.append(head("", ""));
    text.append(row(List.of("runs as", modes(module.descriptor().modes()))));
    String types =
        module.descriptor().types().stream().sorted().collect(Collectors.joining("`, `", "`", "`"));
    text.append(row(List.of("announces", types)));
    text.append(
        row(List.of("settings", "[`services.%1$s.…`](../%1$s.md#all-settings)".formatted(id))));
    text.append('\n').append(head("its own API", "what it does"));
    for (Resource<?> resource : module.resources()) {
      String path = "%s /v1/modules/%s%s".formatted(resource.method(), id, resource.path());
      text.append(row(List.of("`" + path + "`", resource.summary())));
    }
    text.append('\n');
  }

  private static String modes(Set<RunMode> modes) {
    return modes.stream()
        .sorted()
        .map(mode -> "`" + mode.name().toLowerCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(", "));
  }
}
