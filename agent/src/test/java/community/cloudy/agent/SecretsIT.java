package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets in a running agent, uses them all, and looks for them wherever others look. Only
 * {@code keys list} shows gossip keys, to admins, who need them to name the one to remove.
 */
@Timeout(180)
final class SecretsIT {
  private static final String USER = "planted-user-canary";
  private static final String WRONG = "planted-wrong-canary";
  private static final String BIND = "planted-bind-canary";
  private static final String RPC = "planted-rpc-canary";
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("planted-gossip-canary-of-32-byte".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content + "\n");
  }

  private HttpResponse<String> call(String method, URI uri, String body, Map<String, String> more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    more.forEach(request::header);
    return HttpClient.newHttpClient()
        .sendAsync(request.build(), BodyHandlers.ofString())
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static String login(String password) {
    return Json.object().put("login", "maria").put("password", password).toString();
  }

  @Test
  void areFoundNeitherInLogsNorAnswersNorProcessesNorTheSupportBundle() throws Exception {
    String gossip =
        ", encrypt_key_file: %s, rpc: 127.0.0.1:0, rpc_auth_file: %s"
            .formatted(file("gossip.key", KEY), file("rpc", RPC));
    // Nobody answers at this server, so that its password is used and the failure is logged.
    String auth =
        """
        auth:
          ldap:
            servers: ["ldap://127.0.0.1:1"]
            base: dc=example,dc=org
            allow_plain: true
            bind_dn: cn=reader,dc=example,dc=org
            bind_password_file: %s
        """
            .formatted(file("bind", BIND));
    try (RunningAgent agent = RunningAgent.start(folder, gossip, auth)) {
      StringBuilder seen = new StringBuilder();
      seen.append(
          agent
              .run(
                  "user",
                  "add",
                  "maria",
                  "--role",
                  "admin",
                  "--password-file",
                  file("password", USER).toString())
              .output());
      URI login = URI.create(agent.url() + "/v1/login");
      seen.append(call("POST", login, login(WRONG), Map.of()).body());
      seen.append(call("POST", login, login(WRONG) + WRONG, Map.of()).body());
      HttpResponse<String> in = call("POST", login, login(USER), Map.of());
      seen.append(in.body());
      String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
      JsonNode person = Json.read(in.body().getBytes(StandardCharsets.UTF_8));
      HttpResponse<String> made =
          call(
              "POST",
              URI.create(agent.url() + "/v1/tokens"),
              "{\"name\":\"t\",\"role\":\"admin\"}",
              Map.of("Cookie", cookie, "X-Cloudy-Csrf", person.path("csrf").asText()));
      String token = Json.read(made.body().getBytes(StandardCharsets.UTF_8)).path("token").asText();
      URI asked = URI.create(agent.url() + "/v1/agent?token=" + token);
      seen.append(call("GET", asked, "", Map.of("Authorization", "Bearer " + token)).body());
      for (String command : List.of("doctor", "audit", "members", "user list")) {
        seen.append(agent.run(command.split(" ")).output());
      }
      Path bundle = folder.resolve("bundle.json");
      seen.append(agent.run("doctor", "--bundle", bundle.toString()).output());

      assertThat(token).startsWith("cloudy_");
      assertThat(Files.readString(bundle)).contains("bind_password_file", "\"***\"", "\"checks\"");
      String everything = seen + Files.readString(bundle) + agent.log() + agent.arguments();
      assertThat(everything)
          .doesNotContain("canary", KEY, token, cookie.replaceFirst(".*=", ""))
          .contains("maria");
    }
  }
}
