package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
final class QueriesTest {
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

  private CompletableFuture<RawHttp.Answer> ask(String json) {
    int before = rig.community().asked().size();
    CompletableFuture<RawHttp.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return rig.unix().post("/v1/queries", json);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (rig.community().asked().size() == before) {
      Thread.onSpinWait();
    }
    return answer;
  }

  @Test
  void tellsAllAnswersWhenTheTimeIsOver() throws Exception {
    CompletableFuture<RawHttp.Answer> answer = ask("{\"name\":\"load\",\"ack\":true}");

    rig.community().listener().acknowledged("attic");
    rig.community().listener().answered("attic", Bytes.wrap(new byte[] {'l', (byte) 0xff}));
    rig.community().listener().answered("cellar", Bytes.EMPTY);
    assertThat(answer).isNotDone();
    rig.community().listener().finished();

    assertThat(answer.get(20, TimeUnit.SECONDS).body())
        .isEqualTo(
            "{\"acks\":[\"attic\"],\"responses\":["
                + "{\"node\":\"attic\",\"payload\":\"l\ufffd\",\"payload_base64\":\"bP8=\"},"
                + "{\"node\":\"cellar\",\"payload\":\"\",\"payload_base64\":\"\"}],\"lost\":0}");
  }

  @Test
  void passesTheWholeQuestionOn() {
    String all =
        "{\"name\":\"load\",\"payload\":\"x\",\"nodes\":[\"a\",\"b\"],\"tags\":{\"role\":\"^p\"},"
            + "\"ack\":true,\"relay_factor\":3,\"timeout\":\"5s\"}";

    assertThat(ask("{\"name\":\"load\"}")).isNotDone();
    assertThat(ask(all)).isNotDone();

    assertThat(rig.community().asked())
        .containsExactly(
            QueryRequest.of("load", Bytes.EMPTY).toString(),
            new QueryRequest(
                    "load",
                    Bytes.utf8("x"),
                    List.of("a", "b"),
                    Map.of("role", "^p"),
                    true,
                    3,
                    Optional.of(Duration.ofSeconds(5)))
                .toString());
  }

  @Test
  void boundsWhatItCollects() throws Exception {
    CompletableFuture<RawHttp.Answer> answer = ask("{\"name\":\"load\"}");
    for (int i = 0; i < 1_005; i++) {
      rig.community().listener().acknowledged("n" + i);
      rig.community().listener().answered("n" + i, Bytes.EMPTY);
    }
    rig.community().listener().finished();

    RawHttp.Answer all = answer.get(20, TimeUnit.SECONDS);

    assertThat(all.json().path("acks")).hasSize(1_000);
    assertThat(all.json().path("responses")).hasSize(1_000);
    assertThat(all.json().path("lost").asInt()).isEqualTo(10);
  }

  @Test
  void asksSixteenAtATime() throws IOException {
    for (int i = 0; i < 16; i++) {
      assertThat(ask("{\"name\":\"load\"}")).isNotDone();
    }

    assertThat(rig.unix().post("/v1/queries", "{\"name\":\"load\"}").status()).isEqualTo(503);
  }

  @Test
  void asksAgainWhenOneIsOver() throws Exception {
    for (int i = 0; i < 20; i++) {
      CompletableFuture<RawHttp.Answer> answer = ask("{\"name\":\"load\"}");
      rig.community().listener().finished();
      assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    String tooLong = "{\"name\":\"load\",\"payload\":\"" + "x".repeat(2_000) + "\"}";
    for (int i = 0; i < 20; i++) {
      assertThat(rig.unix().post("/v1/queries", tooLong).status()).isEqualTo(400);
    }
  }

  @Test
  void streamsAnswersAsTheyCome() throws IOException {
    try (RawStream stream =
        RawStream.post(rig.socket(), "/v1/queries", "{\"name\":\"load\",\"ack\":true}")) {
      assertThat(stream.frame()).contains("HTTP/1.1 200", "text/event-stream");
      assertThat(stream.frame()).isEqualTo(":");

      rig.community().listener().acknowledged("attic");
      assertThat(stream.frame())
          .isEqualTo("event: ack\ndata: {\"type\":\"ack\",\"node\":\"attic\"}");
      rig.community().listener().answered("attic", Bytes.utf8("low"));
      assertThat(stream.frame())
          .isEqualTo(
              "event: response\ndata: {\"type\":\"response\",\"node\":\"attic\","
                  + "\"payload\":\"low\",\"payload_base64\":\"bG93\"}");
      rig.server().beat();
      assertThat(stream.frame()).isEqualTo(":");
      rig.community().listener().finished();
      assertThat(stream.rest())
          .isEqualTo(
              """
              event: done
              data: {"type":"done","acks":1,"responses":1,"lost":0}

              """);
    }
    rig.awaitFollowing(0);
  }

  @Test
  void losesWhatASlowClientLeavesTooLong() throws IOException {
    StreamedAnswers answers = new StreamedAnswers(() -> {});
    for (int i = 0; i < 1_500; i++) {
      answers.answered("n" + i, Bytes.EMPTY);
    }
    answers.finished();

    String last = "";
    for (byte[] next = answers.next(); next.length > 0; next = answers.next()) {
      last = new String(next, StandardCharsets.UTF_8);
    }

    assertThat(last).contains("\"responses\":1500,\"lost\":501");
  }

  @Test
  void keepsNoPlaceForAStreamThatWasRefused() throws IOException {
    String tooLong = "{\"name\":\"load\",\"payload\":\"" + "x".repeat(2_000) + "\"}";

    for (int i = 0; i < 70; i++) {
      try (RawStream stream = RawStream.post(rig.socket(), "/v1/queries", tooLong)) {
        assertThat(stream.frame()).contains("HTTP/1.1 400", "application/problem+json");
        assertThat(stream.rest()).contains("1024 bytes");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"_serf_ping\"}                       | #/name",
        "{\"name\":\"a\",\"nodes\":[1]}                  | #/nodes/0",
        "{\"name\":\"a\",\"tags\":{\"x/y\":1}}           | #/tags/x~1y",
        "{\"name\":\"a\",\"tags\":[]}                    | #/tags",
        "{\"name\":\"a\",\"relay_factor\":256}           | #/relay_factor",
        "{\"name\":\"a\",\"relay_factor\":1.5}           | #/relay_factor",
        "{\"name\":\"a\",\"timeout\":\"soon\"}           | #/timeout",
        "{\"name\":\"a\",\"timeout\":5}                  | #/timeout",
        "{\"name\":\"a\",\"timeout\":\"11m\"}            | #/timeout",
      })
  void pointsAtTheFieldThatIsWrong(String body, String pointer) throws IOException {
    RawHttp.Answer answer = rig.unix().post("/v1/queries", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors").findValuesAsText("pointer")).containsExactly(pointer);
    assertThat(rig.community().asked()).isEmpty();
  }

  @Test
  void answersTheQuestionsOfOthers() throws IOException {
    assertThat(rig.unix().post("/v1/queries/7-1", "{\"payload\":\"low\"}").body())
        .isEqualTo("{\"id\":\"7-1\"}");
    assertThat(rig.unix().post("/v1/queries/7-2", "{}").status()).isEqualTo(404);
    assertThat(rig.community().asked()).containsExactly("answer 7-1 low", "answer 7-2 ");
    String tooLong = "{\"payload\":\"" + "x".repeat(1_025) + "\"}";
    assertThat(rig.unix().post("/v1/queries/7-1", tooLong).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/queries/a%20b, answer a b ",
    "/v1/queries/%7E,   answer ~ ",
    "/v1/queries/caf%C3%A9, answer café ",
  })
  void readsIdsFromThePath(String path, String asked) throws IOException {
    rig.unix().post(path, "{}");

    assertThat(rig.community().asked()).containsExactly(asked + (asked.endsWith(" ") ? "" : " "));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/queries/a%2Fb",
    "/v1/queries/%2E%2E",
    "/v1/queries/a%00",
    "/v1/queries/%FF%FE",
    "/v1//queries"
  })
  void refusesPathsThatMayMeanSomethingElse(String path) throws IOException {
    assertThat(rig.unix().post(path, "{}").status()).isIn(400, 404);
    assertThat(rig.community().asked()).isEmpty();
  }
}
