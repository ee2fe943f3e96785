package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  @Test
  void thePageNamesFilesThatAreThereAndMayAskThisNodeOnly() {
    Reply page = Dashboard.find("/", false).orElseThrow();

    assertThat(page.headers())
        .containsEntry("Content-Security-Policy", Dashboard.POLICY)
        .doesNotContainKey("Content-Encoding");
    assertThat(Dashboard.POLICY).doesNotContain("unsafe").doesNotContain("*");
    String html = new String(page.body().array(), StandardCharsets.UTF_8);
    Matcher named = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html);
    assertThat(named.results().map(found -> "/" + found.group(1)))
        .hasSize(3)
        .allSatisfy(path -> assertThat(Dashboard.find(path, true)).isPresent());
  }

  @Test
  void aBrowserGetsItCompressed() {
    Reply packed = Dashboard.find("/", true).orElseThrow();

    assertThat(packed.headers()).containsEntry("Content-Encoding", "gzip");
    assertThat(packed.body().length())
        .isLessThan(Dashboard.find("/", false).orElseThrow().body().length());
  }

  @Test
  void theManualIsReadAsText() {
    Reply manual = Dashboard.find("/docs/dashboard.md", false).orElseThrow();

    assertThat(manual.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(new String(manual.body().array(), StandardCharsets.UTF_8))
        .startsWith("# The dashboard");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/assets/../api/openapi.json",
        "/assets/none.js",
        "/assets/.js",
        "/assets/a/b.js",
        "/docs/../index.html",
        "/docs/none.md",
        "/v1/agent"
      })
  void nothingElseIsAFileOfTheDashboard(String path) {
    assertThat(Dashboard.find(path, true)).isEmpty();
  }
}
