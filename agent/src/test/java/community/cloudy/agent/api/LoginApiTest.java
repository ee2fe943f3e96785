package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import community.cloudy.auth.Secret;
import community.cloudy.auth.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins, sessions, and the attacks on them. */
@Timeout(120)
final class LoginApiTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String PASSWORD = "planted-canary-1";

  @TempDir private Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    rig.people().users().add("maria", Role.ADMIN, Secret.of(PASSWORD));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private RawHttp.Answer login(String login, String password, String... headers)
      throws IOException {
    String body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password);
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = JSON;
    return rig.tcp().send("POST", "/v1/login", body, all);
  }

  private static String cookie(RawHttp.Answer login) {
    return "Cookie: " + login.header("Set-Cookie").replaceFirst(";.*", "");
  }

  private static String csrf(RawHttp.Answer login) {
    return "X-Cloudy-Csrf: " + login.json().path("csrf").asText();
  }

  private RawHttp.Answer leave(String... headers) throws IOException {
    return rig.tcp().send("POST", "/v1/leave", "", headers);
  }

  @Test
  void letsAPersonInAndOut() throws IOException {
    RawHttp.Answer login = login("Maria", PASSWORD);
    JsonNode person = login.json();

    assertThat(login.status()).isEqualTo(200);
    assertThat(person.path("login").asText()).isEqualTo("maria");
    assertThat(person.path("role").asText()).isEqualTo("admin");
    assertThat(person.path("means").asText()).isEqualTo("local");
    assertThat(login.header("Set-Cookie"))
        .matches("cloudy_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    assertThat(rig.tcp().get("/v1/whoami", cookie(login)).json()).isEqualTo(person);
    RawHttp.Answer logout = rig.tcp().send("POST", "/v1/logout", "", cookie(login), csrf(login));
    assertThat(logout.body()).isEqualTo("{\"ended\":1}");
    assertThat(logout.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(rig.tcp().get("/v1/whoami", cookie(login)).status()).isEqualTo(401);
  }

  @Test
  void endsTheStreamsOfASessionWithIt() throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);
    try (RawStream stream = RawStream.tcp(rig.port(), "/v1/events", cookie(login))) {
      assertThat(stream.frame()).startsWith("HTTP/1.1 200");
      assertThat(stream.frame()).startsWith("retry:");
      rig.awaitFollowing(1);
      rig.server().beat();
      assertThat(stream.frame()).startsWith(":");

      rig.tcp().send("POST", "/v1/logout", "", cookie(login), csrf(login));
      rig.server().beat();

      rig.awaitFollowing(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"maria, wrong-password", "nobody, wrong-password", "maria, ' '", "'*', x"})
  void refusesAllOthersInTheSameWords(String login, String password) throws IOException {
    RawHttp.Answer answer = login(login, password);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:cloudy:problem:login-rejected");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo(
            "Could not log in: the login or the password is wrong, or they may not use this node.");
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void makesWhoGuessesWait() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(login("maria", "wrong").status()).isEqualTo(401);
    }
    RawHttp.Answer refused = login("maria", PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    rig.clock().advance(Duration.ofSeconds(2));
    assertThat(login("maria", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void endsSessionsThatAreNotUsed() throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);

    rig.clock().advance(Duration.ofMinutes(29));
    assertThat(rig.tcp().get("/v1/whoami", cookie(login)).status()).isEqualTo(200);
    rig.clock().advance(Duration.ofMinutes(31));
    assertThat(rig.tcp().get("/v1/whoami", cookie(login)).status()).isEqualTo(401);
  }

  @Test
  void endsSessionsAfterTheLongestTime() throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);
    for (int i = 0; i < 28; i++) {
      rig.clock().advance(Duration.ofMinutes(25));
      assertThat(rig.tcp().get("/v1/whoami", cookie(login)).status()).isEqualTo(200);
    }

    rig.clock().advance(Duration.ofMinutes(25));

    assertThat(rig.tcp().get("/v1/whoami", cookie(login)).status()).isEqualTo(401);
  }

  @Test
  void changesNothingWithoutTheTokenOfTheSession() throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);

    assertThat(leave(cookie(login)).json().path("type").asText())
        .isEqualTo("urn:cloudy:problem:csrf");
    assertThat(leave(cookie(login), "X-Cloudy-Csrf: " + "x".repeat(43)).status()).isEqualTo(403);
    assertThat(rig.community().asked()).isEmpty();
    assertThat(leave(cookie(login), csrf(login)).status()).isEqualTo(200);
    assertThat(rig.community().asked()).containsExactly("leave");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: http://evil.example,          403",
    "Origin: null,                         403",
    "Origin: http://localhost:8080,        403",
    "Origin: http://localhost.evil.example,403",
    "Sec-Fetch-Site: cross-site,           403",
    "Sec-Fetch-Site: same-site,            403",
    "Origin: http://localhost,             200",
    "Origin: https://localhost,            200",
    "Sec-Fetch-Site: same-origin,          200",
  })
  void takesChangesFromItsOwnPagesOnly(String header, int status) throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);

    assertThat(leave(cookie(login), csrf(login), header).status()).isEqualTo(status);
    assertThat(leave("Authorization: Bearer " + rig.token(Role.ADMIN), header).status())
        .isEqualTo(status);
    assertThat(login("maria", PASSWORD, header).status()).isEqualTo(status);
  }

  @Test
  void answersNoHostThatAPageMadeUp() throws IOException {
    RawHttp.Answer login = login("maria", PASSWORD);

    assertThat(rig.tcp().get("/v1/whoami", cookie(login), "Host: evil.example").status())
        .isEqualTo(421);
    assertThat(
            rig.tcp()
                .send(
                    "POST",
                    "/v1/login",
                    "{}",
                    "Host: evil.example",
                    "Origin: http://evil.example",
                    "Content-Type: application/json")
                .status())
        .isEqualTo(421);
  }

  @Test
  void lendsNoChangesToThoseItKnowsFromMemoryIfSoTold() throws IOException {
    for (boolean may : new boolean[] {true, false}) {
      rig.close();
      rig = new ApiRig(folder, "", "auth: {offline_may_change: %s}".formatted(may));
      Person person = new Person("pau", "Pau", Role.ADMIN, Person.Means.LDAP_OFFLINE);
      Sessions.Opened opened = rig.people().sessions().open(person, "test");
      String cookie = "Cookie: cloudy_session=" + opened.id().revealText();
      String csrf = "X-Cloudy-Csrf: " + opened.csrf();

      RawHttp.Answer answer = rig.tcp().send("PUT", "/v1/agent/tags", "", cookie, csrf);

      assertThat(answer.status()).isEqualTo(may ? 200 : 403);
      assertThat(answer.body().contains("urn:cloudy:problem:offline-session")).isEqualTo(!may);
      assertThat(rig.tcp().get("/v1/whoami", cookie).json().path("means").asText())
          .isEqualTo("ldap-offline");
      assertThat(rig.tcp().send("POST", "/v1/logout", "", cookie, csrf).status()).isEqualTo(200);
    }
  }

  @Test
  void writesNoSecretAnywhere() throws IOException {
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    Handler handler = recorder(logged);
    Logger logger = Logger.getLogger("community.cloudy");
    Level before = logger.getLevel();
    logger.addHandler(handler);
    logger.setLevel(Level.ALL);
    String token = rig.token(Role.ADMIN);
    RawHttp.Answer login = login("maria", PASSWORD);
    String session = cookie(login).replace("Cookie: cloudy_session=", "");
    String csrf = login.json().path("csrf").asText();
    StringBuilder answers = new StringBuilder();
    try {
      login("maria", PASSWORD + "x");
      RawHttp admin = rig.tcp(Role.ADMIN);
      String set = "{\"password\":\"" + PASSWORD + "\"}";
      answers.append(admin.send("PUT", "/v1/users/maria/password", set, JSON).body());
      answers.append(admin.send("PUT", "/v1/users/none/password", set, JSON).body());
      String bad = "{\"name\":\"A\",\"role\":\"x\",\"password\":\"%s\"}".formatted(PASSWORD);
      answers.append(admin.post("/v1/users", bad).body());
      leave(cookie(login), csrf(login));
      for (String path :
          new String[] {"/v1/audit", "/v1/sessions", "/v1/tokens", "/v1/users", "/metrics"}) {
        answers.append(admin.get(path).body());
      }
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(before);
    }
    String files = files();

    assertThat(logged.toString()).contains("Login accepted");
    assertThat(files).contains("user.password");
    for (String secret : new String[] {PASSWORD, token, session, csrf}) {
      assertThat(logged.toString()).doesNotContain(secret);
      assertThat(answers.toString()).doesNotContain(secret);
      assertThat(files).doesNotContain(secret);
    }
  }

  private String files() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(folder.resolve("auth"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static Handler recorder(Queue<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        logged.add(record.getMessage() + " " + record.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
