package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.Reference;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the reference to what the API says of itself. */
final class ApiReferenceTest {
  @TempDir private Path folder;

  @Test
  void thePageDescribesEachOperationAndEachSchema() throws IOException {
    try (ApiRig rig = new ApiRig(folder)) {
      ObjectNode document =
          (ObjectNode) Json.read(OpenApi.answer(rig.node().modules()).body().array());
      ObjectNode paths = (ObjectNode) document.path("paths");
      List<String> ofTests = new ArrayList<>();
      paths.fieldNames().forEachRemaining(ofTests::add);
      ofTests.removeIf(path -> !path.startsWith("/v1/modules/echo/"));
      paths.remove(ofTests);

      Reference.of("api.md").is(ApiPage.of(document));
    }
  }
}
