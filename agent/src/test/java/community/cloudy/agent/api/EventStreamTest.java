package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events as a stream, read exactly as they come over a socket. */
@Timeout(60)
final class EventStreamTest {
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
  void hasRoomForSoManyWhoFollowAndNoMore() throws IOException {
    for (int i = 0; i < EventStreams.MAX; i++) {
      follow("/v1/events");
    }

    RawHttp.Answer refused = rig.unix().get("/v1/events", "Accept: text/event-stream");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:cloudy:problem:busy");
    assertThat(rig.unix().get("/v1/members").status()).isEqualTo(200);

    streams.get(0).close();
    while (rig.server().following() == EventStreams.MAX) {
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
}
