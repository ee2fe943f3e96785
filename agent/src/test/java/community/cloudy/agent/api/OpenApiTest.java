package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the published description and the route table to each other. */
final class OpenApiTest {
  @TempDir private Path folder;
  private ApiRig rig;
  private Routes routes;

  @BeforeEach
  void makeRoutes() throws IOException {
    rig = new ApiRig(folder);
    Node node = rig.node();
    routes =
        Routes.of(
            node,
            Waiting.on(node, Runnable::run),
            new Blocking(),
            new Blocking(),
            new Blocking(),
            new Jobs(node.clock(), new SecureRandom(), node.events(), new Watch(Runnable::run)));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private JsonNode document() throws Exception {
    return Json.read(OpenApi.answer(rig.node().modules()).body().array());
  }

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    Set<String> described = new TreeSet<>();
    document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(described)
        .isEqualTo(
            routes.all().stream()
                .map(route -> route.method() + " " + route.path().text())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private Set<String> parameters(Route route, String in) throws Exception {
    Set<String> described = new TreeSet<>();
    for (JsonNode parameter :
        document().path("paths").path(route.path().text()).path(method(route)).path("parameters")) {
      if (parameter.path("in").asText().equals(in)) {
        described.add(parameter.path("name").asText());
      }
    }
    return described;
  }

  @Test
  void describesEveryParameterAndNoOther() throws Exception {
    for (Route route : routes.all()) {
      assertThat(parameters(route, "query"))
          .as(route.path().text())
          .isEqualTo(new TreeSet<>(route.parameters()));
      assertThat(parameters(route, "path"))
          .as(route.path().text())
          .isEqualTo(new TreeSet<>(route.path().names()));
    }
  }

  @Test
  void namesTheRoleOfEveryRoute() throws Exception {
    for (Route route : routes.all()) {
      JsonNode operation = document().path("paths").path(route.path().text()).path(method(route));
      assertThat(operation.path("x-cloudy-role").asText(""))
          .as(route.path().text())
          .isEqualTo(route.role().map(Role::word).orElse(""));
      assertThat(operation.has("security")).isEqualTo(route.role().isEmpty());
    }
  }

  private static String method(Route route) {
    return route.method().toLowerCase(Locale.ROOT);
  }

  @Test
  void namesEveryTypeOfEvent() throws Exception {
    assertThat(document().at("/components/schemas/EventType/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Stream.of(EventType.values()).map(EventType::text).toList());
  }

  @Test
  void refersOnlyToWhatIsThere() throws Exception {
    JsonNode document = document();

    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).isFalse());
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
  }
}
