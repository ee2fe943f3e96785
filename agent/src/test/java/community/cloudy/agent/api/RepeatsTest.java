package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to requests that are sent again, or that come too late. */
@Timeout(60)
final class RepeatsTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String KEY = "Idempotency-Key: \"3f1c\"";

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

  private static String page(String name) {
    return "{\"type\":\"web\",\"name\":\"%s\",\"endpoints\":[{\"port\":80}]}".formatted(name);
  }

  private RawHttp.Answer announce(String name, String key) throws IOException {
    return rig.tcp(Role.OPERATOR).send("POST", "/v1/announcements", page(name), JSON, key);
  }

  @Test
  void doesOnceWhatIsSentTwiceWithOneKey() throws Exception {
    RawHttp.Answer first = announce("Page", KEY);
    RawHttp.Answer again = announce("Page", KEY);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(announce("Page", "Idempotency-Key: other").status()).isEqualTo(409);
  }

  @Test
  void aKeyIsForOneRequestOfOnePerson() throws Exception {
    announce("Page", KEY);

    RawHttp.Answer reused = announce("Another", KEY);
    RawHttp.Answer others =
        rig.tcp(Role.ADMIN).send("POST", "/v1/announcements", page("Third"), JSON, KEY);

    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.json().path("type").asText()).isEqualTo("urn:cloudy:problem:key-reused");
    assertThat(others.status()).isEqualTo(200);
    assertThat(others.header("Idempotency-Replayed")).isEmpty();
    assertThat(announce("Page", "Idempotency-Key: " + "x".repeat(129)).status()).isEqualTo(400);
  }

  @Test
  void whatFailedMayBeTriedAgain() throws Exception {
    assertThat(announce("", KEY).status()).isEqualTo(400);
    assertThat(announce("Page", KEY).status()).isEqualTo(200);
  }

  @Test
  void forgetsAfterAnHour() throws Exception {
    announce("Page", KEY);
    rig.clock().advance(Duration.ofMinutes(61));

    assertThat(announce("Page", KEY).status()).isEqualTo(409);
  }

  private RawHttp.Answer put(String name, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = JSON;
    return rig.unix().send("PUT", "/v1/announcements/page", page(name), all);
  }

  @Test
  void changesOnlyWhatTheCallerSaw() throws Exception {
    put("First");
    String seen = rig.unix().get("/v1/announcements/page").header("ETag");
    put("Second");

    RawHttp.Answer late = put("Third", "If-Match: " + seen);
    String now = rig.unix().get("/v1/announcements/page").header("ETag");

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().path("type").asText()).isEqualTo("urn:cloudy:problem:changed");
    assertThat(rig.unix().get("/v1/announcements/page").json().path("name").asText())
        .isEqualTo("Second");
    assertThat(put("Third", "If-Match: " + now).status()).isEqualTo(200);
    assertThat(rig.unix().send("DELETE", "/v1/announcements/page", "", "If-Match: " + now).status())
        .isEqualTo(412);
    assertThat(put("Fourth", "If-Match: *").status()).isEqualTo(200);
    assertThat(rig.unix().send("POST", "/v1/leave", "", "If-Match: *").status()).isEqualTo(400);
  }

  @Test
  void nobodyIsSentWhatTheyHave() throws Exception {
    RawHttp.Answer tags = rig.unix().get("/v1/agent/tags");

    RawHttp.Answer again =
        rig.unix().get("/v1/agent/tags", "If-None-Match: " + tags.header("ETag"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }
}
