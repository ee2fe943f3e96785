package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps and backups by REST, on a node whose engine is away. */
@Timeout(60)
final class AppsApiTest {
  private static final String JSON = "Content-Type: application/json";

  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder, "", "containers: {engine: 'unix://" + folder + "/no.sock'}");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private JsonNode get(String path, String... headers) throws IOException {
    RawHttp.Answer answer = rig.tcp(Role.VIEWER).get(path, headers);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.json();
  }

  private JsonNode job(String path, String body) throws IOException {
    RawHttp.Answer answer = rig.tcp(Role.ADMIN).send("POST", path, body, JSON);
    assertThat(answer.status()).isEqualTo(202);
    String id = answer.json().path("id").asText();
    AtomicReference<JsonNode> job = new AtomicReference<>(answer.json());
    await()
        .until(
            () -> {
              job.set(get("/v1/jobs/" + id));
              return !job.get().path("state").asText().matches("waiting|running");
            });
    return job.get();
  }

  @Test
  void listsWhatCanBeInstalled() throws IOException {
    JsonNode apps = get("/v1/apps").path("apps");

    assertThat(apps).hasSize(10);
    assertThat(apps.findValuesAsText("id")).contains("nextcloud", "mosquitto");
    assertThat(apps.findValuesAsText("catalogue")).containsOnly("cloudy");
  }

  @ParameterizedTest
  @CsvSource({
    "?lang=ca, en, Port web",
    "?lang=es, en, Puerto web",
    "'', 'fr, ca-ES;q=0.5', Port web",
    "'', 'es', Puerto web",
    "'', 'fr', Web port",
  })
  void speaksTheLanguageThatIsWanted(String query, String accepted, String label)
      throws IOException {
    JsonNode app = get("/v1/apps/nextcloud" + query, "Accept-Language: " + accepted);

    assertThat(app.path("fields").path(1).path("name").asText()).isEqualTo("HTTP_PORT");
    assertThat(app.path("fields").path(1).path("label").asText()).isEqualTo(label);
  }

  @Test
  void aDrawingCanDoNothing() throws IOException {
    RawHttp.Answer icon = rig.tcp(Role.VIEWER).get("/v1/apps/nextcloud/icon");

    assertThat(icon.status()).isEqualTo(200);
    assertThat(icon.toString()).contains("image/svg+xml", "default-src 'none'; sandbox");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/apps/none, 404",
    "/v1/apps/No, 404",
    "/v1/apps/nextcloud?catalogue=none, 404",
    "/v1/apps?lang=fr, 400",
    "/v1/backups/none, 404",
    "/v1/backups/a_20260101T000000Z, 404",
  })
  void saysWhatIsNotThere(String path, int status) throws IOException {
    assertThat(rig.tcp(Role.VIEWER).get(path).status()).isEqualTo(status);
  }

  @Test
  void saysAllThatIsWrongWithAForm() throws IOException {
    JsonNode job =
        job(
            "/v1/apps/nextcloud/install",
            "{\"values\": {\"ADMIN_PASSWORD\": \"short\", \"HTTP_PORT\": \"80\"}}");

    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("problem").path("errors").findValuesAsText("field"))
        .containsExactly("HTTP_PORT", "ADMIN_PASSWORD");
    assertThat(job.toString()).doesNotContain("\"short\"");
  }

  @Test
  void saysThatTheEngineIsAway() throws IOException {
    JsonNode job = job("/v1/apps/mosquitto/install", "{}");

    assertThat(job.path("problem").path("type").asText()).endsWith("unavailable");
  }

  @Test
  void refusesCataloguesOfThisVeryNode() throws IOException {
    JsonNode job = job("/v1/catalogues", "{\"source\": \"http://127.0.0.1:1/apps\"}");

    assertThat(job.path("problem").path("detail").asText()).contains("which is this node");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/apps/nextcloud/install, VIEWER, 403",
    "POST, /v1/catalogues, OPERATOR, 403",
    "DELETE, /v1/catalogues/a, OPERATOR, 403",
    "DELETE, /v1/catalogues/a, ADMIN, 404",
    "POST, /v1/catalogues/a/refresh, OPERATOR, 404",
    "POST, /v1/backups, VIEWER, 403",
    "DELETE, /v1/backups/a_20260101T000000Z, VIEWER, 403",
    "DELETE, /v1/backup-schedules/a, OPERATOR, 404",
  })
  void asksForARole(String method, String path, Role role, int status) throws IOException {
    assertThat(rig.tcp(role).send(method, path, "{}", JSON).status()).isEqualTo(status);
  }

  @Test
  void schedulesOnlyWhatIsThere() throws IOException {
    RawHttp client = rig.tcp(Role.OPERATOR);
    String path = "/v1/backup-schedules/none";

    assertThat(client.send("PUT", path, "{\"at\": \"03:30\"}", JSON).status()).isEqualTo(404);
    assertThat(client.send("PUT", path, "{\"at\": \"25:30\", \"day\": \"x\"}", JSON).status())
        .isEqualTo(400);
    assertThat(get("/v1/backup-schedules").path("schedules")).isEmpty();
    assertThat(get("/v1/backups").path("backups")).isEmpty();
  }
}
