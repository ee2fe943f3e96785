package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users, tokens, the audit log and the doctor. */
@Timeout(120)
final class PeopleApiTest {
  private static final String JSON = "Content-Type: application/json";

  @TempDir private Path folder;
  private ApiRig rig;
  private RawHttp admin;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    admin = rig.tcp(Role.ADMIN);
    rig.people().users().add("root", Role.ADMIN, Secret.of("long enough"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private RawHttp.Answer add(String name) throws IOException {
    return admin.post(
        "/v1/users",
        "{\"name\":\"%s\",\"role\":\"operator\",\"password\":\"correct horse\"}".formatted(name));
  }

  private String cookie(String name, String password) throws IOException {
    RawHttp.Answer login =
        rig.tcp()
            .post("/v1/login", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    assertThat(login.status()).isEqualTo(200);
    return "Cookie: " + login.header("Set-Cookie").replaceFirst(";.*", "");
  }

  private int status(String cookie) throws IOException {
    return rig.tcp().get("/v1/whoami", cookie).status();
  }

  @Test
  void addsLocksAndRemovesUsers() throws IOException {
    assertThat(add("maria").json().path("role").asText()).isEqualTo("operator");
    assertThat(add("maria").status()).isEqualTo(409);
    assertThat(add("Maria!").status()).isEqualTo(400);
    assertThat(admin.get("/v1/users").json().findValuesAsText("name"))
        .containsExactly("maria", "root");
    String cookie = cookie("maria", "correct horse");

    admin.send("PUT", "/v1/users/maria/locked", "{\"locked\":true}", JSON);

    assertThat(status(cookie)).isEqualTo(401);
    assertThat(admin.send("PUT", "/v1/users/maria/locked", "{\"locked\":false}", JSON).body())
        .contains("\"locked\":false");
    assertThat(status(cookie("maria", "correct horse"))).isEqualTo(200);
    assertThat(admin.send("DELETE", "/v1/users/maria", "").status()).isEqualTo(200);
    assertThat(admin.send("DELETE", "/v1/users/maria", "").status()).isEqualTo(404);
  }

  @Test
  void anotherPasswordEndsTheSessions() throws IOException {
    add("maria");
    String cookie = cookie("maria", "correct horse");

    admin.send("PUT", "/v1/users/maria/password", "{\"password\":\"battery staple\"}", JSON);

    assertThat(status(cookie)).isEqualTo(401);
    assertThat(status(cookie("maria", "battery staple"))).isEqualTo(200);
  }

  @Test
  void removalEndsSessionsAndTokensAndALockStopsThem() throws IOException {
    add("maria");
    String cookie = cookie("maria", "correct horse");
    String csrf =
        "X-Cloudy-Csrf: " + rig.tcp().get("/v1/whoami", cookie).json().path("csrf").asText();
    JsonNode made =
        rig.tcp().send("POST", "/v1/tokens", "{\"name\":\"ci\"}", JSON, cookie, csrf).json();
    String token = "Authorization: Bearer " + made.path("token").asText();
    assertThat(status(token)).isEqualTo(200);

    admin.send("PUT", "/v1/users/maria/locked", "{\"locked\":true}", JSON);
    assertThat(status(token)).isEqualTo(401);
    admin.send("PUT", "/v1/users/maria/locked", "{\"locked\":false}", JSON);
    assertThat(status(token)).isEqualTo(200);
    admin.send("DELETE", "/v1/users/maria", "");

    assertThat(status(token)).isEqualTo(401);
    assertThat(rig.people().tokens().list()).noneMatch(left -> left.owner().equals("maria"));
  }

  @Test
  void keepsTheLastAdmin() throws IOException {
    assertThat(admin.send("DELETE", "/v1/users/root", "").status()).isEqualTo(403);
  }

  @Test
  void showsEverybodyTheirOwnTokensOnly() throws IOException {
    RawHttp viewer = rig.tcp(Role.VIEWER);
    rig.token(Role.OPERATOR);

    assertThat(viewer.get("/v1/tokens").json().findValuesAsText("owner")).containsExactly("viewer");
    assertThat(admin.get("/v1/tokens").json().findValuesAsText("owner"))
        .containsExactly("admin", "viewer", "operator");
    assertThat(viewer.send("DELETE", "/v1/tokens/operator/test", "").status()).isEqualTo(404);
    assertThat(viewer.send("DELETE", "/v1/tokens/viewer/test", "").status()).isEqualTo(200);
    assertThat(viewer.get("/v1/tokens").status()).isEqualTo(401);
  }

  @Test
  void aTokenMakesNoOther() throws IOException {
    assertThat(admin.post("/v1/tokens", "{\"name\":\"more\"}").status()).isEqualTo(403);
    assertThat(rig.unix().post("/v1/tokens", "{\"name\":\"more\",\"days\":1}").status())
        .isEqualTo(200);
    assertThat(rig.unix().post("/v1/tokens", "{\"name\":\"x\",\"role\":\"king\"}").status())
        .isEqualTo(400);
  }

  @Test
  void writesWhatPeopleDidAndTried() throws IOException {
    rig.tcp(Role.VIEWER).post("/v1/force-leave", "{\"node\":\"cellar\"}");
    admin.post("/v1/force-leave", "{\"node\":\"cellar\"}");
    admin.post("/v1/join", "{\"addresses\":[\"nowhere\"]}");
    admin.send("DELETE", "/v1/announcements/web", "");

    assertThat(rig.unix().get("/v1/audit").json().path("entries").findValuesAsText("action"))
        .containsExactly(
            "service.withdraw", "community.join", "member.force-leave", "member.force-leave");
    JsonNode first = admin.get("/v1/audit?action=member&who=viewer").json().at("/entries/0");
    assertThat(first.toString())
        .isEqualTo(
            "{\"time\":\"2026-11-24T10:00:00Z\",\"who\":\"viewer\",\"how\":\"token\","
                + "\"from\":\"127.0.0.1\",\"action\":\"member.force-leave\",\"object\":\"\","
                + "\"outcome\":\"refused\",\"detail\":\"This takes the role admin; viewer is"
                + " viewer. Ask an admin of this node.\"}");
    JsonNode others = admin.get("/v1/audit?who=admin&limit=3").json().path("entries");
    assertThat(others.findValuesAsText("outcome")).containsExactly("failed", "failed", "done");
    assertThat(others.findValuesAsText("object")).containsExactly("web", "nowhere", "cellar");
    assertThat(admin.get("/v1/audit?since=yesterday").status()).isEqualTo(400);
    assertThat(admin.get("/v1/audit?since=2026-11-25T00:00:00Z").json().path("entries")).isEmpty();
  }

  @Test
  void examinesTheNode() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("auth"), PosixFilePermissions.fromString("rwxr-xr-x"));

    JsonNode checks = rig.unix().get("/v1/doctor").json().path("checks");

    assertThat(checks.findValuesAsText("name"))
        .contains("clock", "disk", "memory", "gossip", "config", "permissions");
    assertThat(check(checks, "permissions").path("state").asText()).isEqualTo("failing");
    assertThat(check(checks, "gossip").path("state").asText()).isEqualTo("unknown");
    assertThat(check(checks, "disk").path("evidence").asText()).contains("MiB are free");
    assertThat(check(checks, "disk").path("code").asText()).startsWith("disk-");
    assertThat(check(checks, "disk").at("/seen/folder").asText()).isEqualTo(folder.toString());
    assertThat(check(checks, "memory").path("evidence").asText()).contains("MiB are available");
  }

  private static JsonNode check(JsonNode checks, String name) {
    for (JsonNode check : checks) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name);
  }

  @Test
  void saysThatThereIsNoDirectory() throws IOException {
    assertThat(admin.post("/v1/ldap/test", "{\"user\":\"maria\"}").json().path("detail").asText())
        .contains("auth.ldap names no servers");
  }
}
