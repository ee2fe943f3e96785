package community.cloudy.agent.config;

import static community.cloudy.agent.Reference.head;
import static community.cloudy.agent.Reference.row;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds the reference to what the binding asks for. What a key means stands in the page and nowhere
 * else.
 */
final class ConfigurationReferenceTest {
  private static final Reference PAGE = Reference.of("configuration.md");

  @Test
  void thePageHasARowForEachKeyThatIsReadAndNoOther() throws IOException {
    AskedKeys asked = new AskedKeys();
    Binding.agent(asked, new Problems());
    Map<String, String> words = PAGE.words();
    StringBuilder text = new StringBuilder();
    String section = "";
    for (Map.Entry<String, AskedKeys.Key> key : asked.keys().entrySet()) {
      String of = key.getKey().replaceFirst("\\..*", "");
      if (!of.equals(section)) {
        text.append("\n## ").append(of).append("\n\n");
        text.append(head("key", "value", "default", "what it does"));
        section = of;
      }
      String fallback = key.getValue().fallback();
      text.append(
          row(
              List.of(
                  "`" + key.getKey() + "`",
                  key.getValue().value(),
                  fallback.isEmpty() ? "" : "`" + fallback + "`",
                  words.getOrDefault(key.getKey(), ""))));
    }

    PAGE.is(text.append('\n').toString());
    for (String key : asked.keys().keySet()) {
      assertThat(PAGE.words().get(key)).as("what the page says of %s", key).isNotBlank();
    }
  }
}
