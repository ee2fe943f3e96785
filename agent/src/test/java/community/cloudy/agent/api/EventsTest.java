package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class EventsTest {
  @TempDir private Path folder;
  private final List<RawStream> streams = new ArrayList<>();
  private ApiRig rig;
  private String boot;

  @BeforeEach
  void start() throws IOException {
    rig = new ApiRig(folder);
    boot = rig.events().last().boot();
  }

  @AfterEach
  void stop() throws IOException {
    for (RawStream stream : streams) {
      stream.close();
    }
    rig.close();
  }

  private RawStream opened(RawStream stream) {
    streams.add(stream);
    return stream;
  }

  private RawStream follow(String path, String... headers) throws IOException {
    RawStream stream = opened(RawStream.get(rig.socket(), path, headers));
    assertThat(stream.frame()).startsWith("HTTP/1.1 200");
    return stream;
  }

  private String frame(long number, String name) {
    return "id: %1$s-%2$d\nevent: user\ndata: {\"id\":\"%1$s-%2$d\",".formatted(boot, number)
        + "\"time\":\"1970-01-01T00:00:00Z\",\"type\":\"user\",\"data\":{\"name\":\"%s\"}}"
            .formatted(name);
  }

  private String begin(long number) {
    return "retry: 2000\nid: " + boot + "-" + number;
  }

  @Test
  void streamsWhatHappensFromNowOn() throws IOException {
    rig.publish("before");

    RawStream stream = opened(RawStream.get(rig.socket(), "/v1/events"));

    assertThat(stream.frame())
        .contains("Content-Type: text/event-stream", "Cache-Control: no-store", "nosniff")
        .doesNotContain("Content-Length");
    assertThat(stream.frame()).isEqualTo(begin(1));
    rig.publish("a");
    assertThat(stream.frame()).isEqualTo(frame(2, "a"));
    rig.publish("b");
    assertThat(stream.frame()).isEqualTo(frame(3, "b"));
  }

  @Test
  void streamsOverTcpToo() throws IOException {
    assertThat(rig.tcp(Role.VIEWER).get("/v1/events?limit=1").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/events,                 Last-Event-ID: BOOT-2",
    "/v1/events?after=BOOT-2,    X: y",
    "/v1/events?after=BOOT-1,    Last-Event-ID: BOOT-2",
  })
  void resumesWhereACallerWas(String path, String header) throws IOException {
    rig.publish("a");
    rig.publish("b");
    rig.publish("c");

    RawStream stream = follow(path.replace("BOOT", boot), header.replace("BOOT", boot));

    assertThat(stream.frame()).isEqualTo(begin(2));
    assertThat(stream.frame()).isEqualTo(frame(3, "c"));
    rig.publish("d");
    assertThat(stream.frame()).isEqualTo(frame(4, "d"));
  }

  @Test
  void saysThatEventsAreGone() throws IOException {
    for (int i = 0; i <= EventLog.KEPT; i++) {
      rig.publish("e" + i);
    }

    RawStream stream = follow("/v1/events", "Last-Event-ID: " + boot + "-0");

    assertThat(stream.frame()).isEqualTo(begin(0));
    assertThat(stream.frame())
        .isEqualTo(
            "id: %1$s-1\nevent: gap\ndata: {\"type\":\"gap\",\"after\":\"%1$s-0\"}"
                .formatted(boot));
    assertThat(stream.frame()).isEqualTo(frame(2, "e1"));
  }

  @ParameterizedTest
  @CsvSource({"00000000-7", "''", "17", "nonsense"})
  void saysThatTheAgentWasAnother(String id) throws IOException {
    rig.publish("a");

    RawStream stream = follow("/v1/events", "Last-Event-ID: " + id);
    stream.frame();

    assertThat(stream.frame()).startsWith("id: " + boot + "-0\nevent: gap\n");
    assertThat(stream.frame()).isEqualTo(frame(1, "a"));
  }

  @Test
  void streamsOnlyTheTypesThatAreWanted() throws IOException {
    RawStream stream = follow("/v1/events?type=query&type=name-lost");
    stream.frame();

    rig.publish("a");
    rig.events().publish(EventType.NAME_LOST, Json.object());

    assertThat(stream.frame()).startsWith("id: " + boot + "-2\nevent: name-lost\n");
  }

  @Test
  void showsThatItIsAliveAndHowFarItIs() throws IOException {
    RawStream stream = follow("/v1/events?type=query");
    stream.frame();
    rig.publish("a");
    rig.publish("b");

    for (int i = 0; i < 5; i++) {
      rig.server().beat();
      assertThat(stream.frame()).isEqualTo(":\nid: " + boot + "-2");
    }
  }

  @Test
  void cutsOffAClientThatDoesNotRead() throws IOException {
    RawStream slow = follow("/v1/events");
    RawStream quick = follow("/v1/events");
    String long1 = "x".repeat(1_000);
    for (int i = 0; i < 900; i++) {
      rig.publish(long1);
    }
    assertThat(quick.frame()).isEqualTo(begin(0));
    for (int i = 1; i <= 900; i++) {
      assertThat(quick.frame()).isEqualTo(frame(i, long1));
    }

    while (rig.server().following() > 1) {
      rig.server().beat();
      assertThat(quick.frame()).startsWith(":");
    }

    assertThat(slow.rest().length()).isLessThan(900_000);
    rig.publish("more");
    assertThat(quick.frame()).isEqualTo(frame(901, "more"));
  }

  @Test
  void hasRoomForSixtyFourWhoFollow() throws IOException {
    for (int i = 0; i < 64; i++) {
      follow("/v1/events");
    }

    RawHttp.Answer refused = rig.unix().get("/v1/events", "Accept: text/event-stream");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:cloudy:problem:busy");
    assertThat(rig.unix().get("/v1/members").status()).isEqualTo(200);

    streams.get(0).close();
    while (rig.server().following() == 64) {
      rig.publish("a");
    }
    assertThat(follow("/v1/events").frame()).startsWith("retry: ");
  }

  @Test
  void endsStreamsInOrderWhenItStops() throws IOException {
    RawStream stream = follow("/v1/events");
    RawStream kept = opened(RawStream.keptAlive(rig.socket(), "/v1/events"));
    kept.frame();
    rig.publish("a");
    rig.awaitFollowing(2);

    rig.close();

    assertThat(stream.rest()).isEqualTo(begin(0) + "\n\n" + frame(1, "a") + "\n\n");
    assertThat(kept.rest()).endsWith("\r\n0\r\n\r\n");
  }

  @Test
  void doesNotStreamToThoseWhoAskForTheHead() throws IOException {
    assertThat(rig.unix().send("HEAD", "/v1/events", "", "Accept: text/event-stream").status())
        .isEqualTo(200);
    assertThat(rig.server().following()).isZero();
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
        .isEqualTo(frame(1, "a").replaceAll("(?s).*data: ", ""));
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
