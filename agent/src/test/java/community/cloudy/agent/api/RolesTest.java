package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tries every operation of the published description as everybody. */
@Timeout(120)
final class RolesTest {
  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws Exception {
    // Nobody reads the metrics without saying who they are.
    rig = new ApiRig(folder, ", metrics_from: []");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private interface Attempt {
    void at(String method, String path, Optional<Role> needed) throws Exception;
  }

  private void everyOperation(Attempt attempt) throws Exception {
    int tried = 0;
    for (var path : rig.tcp().get("/openapi.json").json().path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        JsonNode role = operation.getValue().path("x-cloudy-role");
        attempt.at(
            operation.getKey().toUpperCase(Locale.ROOT),
            path.getKey().replaceAll("\\{[a-z]+}", "none"),
            role.isMissingNode() ? Optional.empty() : Optional.of(Role.parse(role.asText())));
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(40);
  }

  /** Sends what no operation that reads its body takes, so that nothing is done by the attempt. */
  private static RawHttp.Answer tried(RawHttp http, String method, String path) throws Exception {
    String json = Json.object().put("never", "a field").toString();
    return method.equals("GET")
        ? http.send("GET", path, "")
        : http.send(method, path, json, "Content-Type: application/json");
  }

  @Test
  void nobodyIsAskedWhoTheyAre() throws Exception {
    everyOperation(
        (method, path, needed) -> {
          RawHttp.Answer answer = tried(rig.tcp(), method, path);
          boolean unknown = answer.body().contains("urn:cloudy:problem:unauthenticated");
          assertThat(unknown).as(method + " " + path).isEqualTo(needed.isPresent());
          if (unknown) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"cloudy\"");
          } else {
            assertThat(answer.status()).isNotIn(401, 403);
          }
        });
    assertThat(rig.community().asked()).isEmpty();
  }

  @Test
  void everyRoleMayDoWhatItIncludesAndNoMore() throws Exception {
    for (Role role : Role.values()) {
      RawHttp http = rig.tcp(role);
      everyOperation(
          (method, path, needed) -> {
            int status = tried(http, method, path).status();
            boolean may = needed.map(role::includes).orElse(true);
            if (may) {
              assertThat(status).as(role + " " + method + " " + path).isNotIn(401, 403);
            } else {
              assertThat(status).as(role + " " + method + " " + path).isEqualTo(403);
            }
          });
    }
  }

  @Test
  void noTokenOfAnotherMakesAndNothingElseCounts() throws Exception {
    RawHttp http = rig.tcp();
    String token = rig.token(Role.ADMIN);

    assertThat(http.get("/v1/agent", "Authorization: Bearer cloudy_" + "x".repeat(43)).status())
        .isEqualTo(401);
    assertThat(http.get("/v1/agent", "Authorization: Basic " + token).status()).isEqualTo(401);
    assertThat(http.get("/v1/agent", "Cookie: cloudy_session=" + token).status()).isEqualTo(401);
    assertThat(http.get("/v1/agent?access_token=" + token).status()).isEqualTo(400);
    assertThat(http.get("/v1/agent?access_token=" + token).body()).doesNotContain(token);
    assertThat(http.get("/v1/agent", "Authorization: Bearer " + token).status()).isEqualTo(200);
  }

  @Test
  void metricsAreForTheAddressesNamed() throws Exception {
    assertThat(rig.tcp().get("/metrics").status()).isEqualTo(401);
    assertThat(rig.tcp(Role.VIEWER).get("/metrics").status()).isEqualTo(200);
    rig.close();
    rig = new ApiRig(folder, ", metrics_from: [127.0.0.1]");
    assertThat(rig.tcp().get("/metrics").status()).isEqualTo(200);
  }
}
