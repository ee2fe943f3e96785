package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events as a list, and sending them. */
final class EventsTest {
  @TempDir private Path folder;
  private ApiRig rig;
  private String boot;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    boot = rig.events().last().boot();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<String> names(JsonNode answer) {
    return answer.path("events").findValuesAsText("name");
  }

  @Test
  void listsWhatHappened() throws IOException {
    rig.publish("a");
    rig.events().publish(EventType.QUERY, Json.object().put("name", "b"));
    rig.publish("c");

    JsonNode all = rig.unix().get("/v1/events").json();
    JsonNode some = rig.unix().get("/v1/events?type=user&limit=1").json();
    JsonNode next = rig.unix().get("/v1/events?after=" + some.path("next").asText()).json();

    assertThat(names(all)).containsExactly("a", "b", "c");
    assertThat(all.path("gap").asBoolean()).isFalse();
    assertThat(all.path("next").asText()).isEqualTo(boot + "-3");
    assertThat(all.at("/events/0").toString())
        .isEqualTo(
            "{\"id\":\"%s-1\",\"time\":\"1970-01-01T00:00:00Z\",\"type\":\"user\",".formatted(boot)
                + "\"data\":{\"name\":\"a\"}}");
    assertThat(names(some)).containsExactly("a");
    assertThat(names(next)).containsExactly("b", "c");
    assertThat(rig.unix().get("/v1/events?after=00000000-1").json().path("gap").asBoolean())
        .isTrue();
  }

  @Test
  void waitsForTheFirstEvent() throws Exception {
    rig.publish("before");
    CompletableFuture<RawHttp.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> quietly("/v1/events?type=query&wait=1m&after=" + boot + "-1"));
    while (rig.server().waiting() == 0) {
      Thread.onSpinWait();
    }

    rig.publish("other");
    assertThat(answer).isNotDone();
    rig.events().publish(EventType.QUERY, Json.object().put("name", "load"));

    assertThat(names(answer.get(20, TimeUnit.SECONDS).json())).containsExactly("load");
    assertThat(rig.server().waiting()).isZero();
  }

  @Test
  void answersWithNoneWhenTheWaitIsOver() throws IOException {
    JsonNode answer = rig.unix().get("/v1/events?wait=5ms").json();

    assertThat(answer.toString())
        .isEqualTo("{\"gap\":false,\"next\":\"%s-0\",\"events\":[]}".formatted(boot));
  }

  private RawHttp.Answer quietly(String path) {
    try {
      return rig.unix().get(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/events?type=member-gone, type",
    "/v1/events?after=17,         after",
    "/v1/events?limit=1001,       limit",
  })
  void namesTheParameterThatIsWrong(String path, String parameter) throws IOException {
    RawHttp.Answer answer = rig.unix().get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void sendsUserEvents() throws IOException {
    RawHttp.Answer answer = rig.unix().post("/v1/events", "{\"name\":\"a\"}");
    rig.unix().post("/v1/events", "{\"name\":\"b\",\"payload\":\"1\\n2\",\"coalesce\":true}");
    rig.unix().post("/v1/events", "{\"name\":\"c\",\"payload_base64\":\"YWI=\"}");

    assertThat(answer.body()).isEqualTo("{\"name\":\"a\"}");
    assertThat(rig.community().asked())
        .containsExactly("event a  false", "event b 1\n2 true", "event c ab false");
  }

  @Test
  void saysHowLongAUserEventMayBe() throws IOException {
    RawHttp.Answer answer =
        rig.unix().post("/v1/events", "{\"name\":\"a\",\"payload\":\"" + "x".repeat(512) + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("512 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                      | #/name",
        "{\"name\":\"a\",\"payload\":1}                          | #/payload",
        "{\"name\":\"a\",\"payload_base64\":\"!\"}               | #/payload_base64",
        "{\"name\":\"a\",\"payload\":\"\",\"payload_base64\":\"\"} | #/payload_base64",
        "{\"name\":\"a\",\"payload_base64\":1234}            | #/payload_base64",
        "{\"name\":\"a\",\"coalesce\":1}                         | #/coalesce",
        "{\"name\":\"a\",\"colour\":1}                           | #/colour",
      })
  void pointsAtTheFieldThatIsWrong(String body, String pointer) throws IOException {
    RawHttp.Answer answer = rig.unix().post("/v1/events", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors").findValuesAsText("pointer")).containsExactly(pointer);
  }

  @Test
  void sendsNothingForViewers() throws IOException {
    assertThat(rig.tcp(Role.VIEWER).post("/v1/events", "{\"name\":\"a\"}").status()).isEqualTo(403);
    assertThat(rig.community().asked()).isEmpty();
  }
}
