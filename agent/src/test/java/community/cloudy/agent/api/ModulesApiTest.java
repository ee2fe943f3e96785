package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module answers itself, through the node's API. */
final class ModulesApiTest {
  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private RawHttp.Answer send(Role role, String method, String path, String json)
      throws IOException {
    return rig.tcp(role).send(method, path, json, "Content-Type: application/json");
  }

  private static JsonNode json(RawHttp.Answer answer) {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void enable() throws IOException {
    RawHttp.Answer answer =
        send(Role.ADMIN, "PUT", "/v1/modules/echo/config", "{\"enabled\":true}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aModuleAnswersUnderItsOwnPath() throws IOException {
    enable();
    RawHttp.Answer word = rig.tcp(Role.VIEWER).get("/v1/modules/echo/word?times=2");
    assertThat(word.body()).isEqualTo("\"hellohello\"");
    RawHttp.Answer letters =
        send(Role.OPERATOR, "POST", "/v1/modules/echo/letters/a", "{\"mark\":\"!\"}");
    assertThat(json(letters).path("letters").asText()).isEqualTo("a!");
  }

  @Test
  void itsResourcesHaveRolesAndParametersAndAreWrittenDown() throws IOException {
    enable();
    assertThat(send(Role.VIEWER, "POST", "/v1/modules/echo/letters/a", "{}").status())
        .isEqualTo(403);
    assertThat(rig.tcp(Role.VIEWER).get("/v1/modules/echo/word?else=2").status()).isEqualTo(400);
    RawHttp.Answer refused = send(Role.OPERATOR, "POST", "/v1/modules/echo/letters/a", "{}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("The field mark must be a text.");
    assertThat(rig.tcp(Role.ADMIN).get("/v1/audit").body()).contains("echo.letter.add");
  }

  @Test
  void whoFollowsIsToldWhenAModuleAnswersOtherwise() throws IOException {
    enable();
    rig.tcp(Role.VIEWER).get("/v1/modules/echo/word");
    assertThat(json(rig.tcp(Role.VIEWER).get("/v1/events?type=resource")).path("events")).isEmpty();

    send(Role.OPERATOR, "POST", "/v1/modules/echo/letters/a", "{\"mark\":\"!\"}");

    JsonNode events = json(rig.tcp(Role.VIEWER).get("/v1/events?type=resource")).path("events");
    assertThat(events).hasSize(1);
    assertThat(events.at("/0/data/name").asText()).isEqualTo("echo");
  }

  private JsonNode value(String key) throws IOException {
    for (JsonNode value : json(rig.tcp(Role.ADMIN).get("/v1/config")).path("values")) {
      if (value.path("key").asText().equals(key)) {
        return value;
      }
    }
    throw new AssertionError("no key " + key);
  }

  @Test
  void tellsWhereEachKeyIsWrittenAndWhetherItIsInUse() throws IOException {
    assertThat(rig.tcp(Role.OPERATOR).get("/v1/config").status()).isEqualTo(403);
    enable();
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(
        file,
        Files.readString(file) + "gossip: {profile: wan}\nlog: {level: warn}\n",
        StandardCharsets.UTF_8);

    JsonNode enabled = value("services.echo.enabled");
    assertThat(enabled.path("source").asText()).isEqualTo("api");
    assertThat(enabled.path("place").asText()).contains("conf.d/50-services-echo.yaml:");
    assertThat(enabled.path("in_use").asBoolean()).isTrue();
    assertThat(value("gossip.profile").path("value").asText()).isEqualTo("wan");
    assertThat(value("gossip.profile").path("source").asText()).isEqualTo("file");
    assertThat(value("gossip.profile").path("in_use").asBoolean()).isFalse();
    assertThat(value("log.level").path("in_use").asBoolean()).isTrue();
    assertThat(value("node.community").path("source").asText()).isEqualTo("default");
    assertThat(value("node.community").has("place")).isFalse();
  }

  @Test
  void aModuleThatIsNotEnabledSaysSo() throws IOException {
    RawHttp.Answer answer = rig.tcp(Role.VIEWER).get("/v1/modules/echo/word");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("cloudy module enable echo");
  }

  @Test
  void aModuleThatIsTurnedOnKeepsWhatTheFileSays() throws IOException {
    rig.close();
    rig = new ApiRig(folder, "", "services: {echo: {enabled: false, word: fromfile}}");
    ObjectNode config = (ObjectNode) json(rig.tcp(Role.ADMIN).get("/v1/modules/echo/config"));
    assertThat(config.path("word").asText()).isEqualTo("fromfile");

    String on = config.put("enabled", true).toString();
    assertThat(send(Role.ADMIN, "PUT", "/v1/modules/echo/config", on).status()).isEqualTo(200);

    assertThat(rig.tcp(Role.VIEWER).get("/v1/modules/echo/word").body()).isEqualTo("\"fromfile\"");
  }

  @Test
  void tellsWhatCanBeSet() throws IOException {
    JsonNode schema = json(rig.tcp(Role.VIEWER).get("/v1/modules/echo/schema"));
    assertThat(schema.at("/properties/word/default").asText()).isEqualTo("hello");
    assertThat(schema.at("/properties/enabled/x-titles/ca").asText()).isNotEmpty();
  }

  @Test
  void theMetricsCountWhatModulesDo() throws IOException {
    enable();
    assertThat(rig.tcp(Role.VIEWER).get("/metrics").body())
        .contains("cloudy_module_echo_ok 1\n", "cloudy_module_echo_letters 0.0\n");
  }
}
