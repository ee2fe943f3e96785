package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.Person;
import community.cloudy.auth.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Long work, as its callers see it. */
@Timeout(60)
final class JobsTest {
  private static final Caller MARIA =
      new Caller(
          Optional.of(new Person("maria", "Maria", Role.OPERATOR, Person.Means.LOCAL)),
          Optional.of(InetAddress.getLoopbackAddress()),
          Optional.empty());

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

  private String begin(Jobs.Work work) {
    Reply reply = rig.server().jobs().start(MARIA, "image.pull", "busybox", work).join();
    assertThat(reply.status()).isEqualTo(202);
    return String.valueOf(reply.headers().get("Location"));
  }

  private JsonNode look(String path) throws IOException {
    return rig.unix().get(path).json();
  }

  private JsonNode awaited(String path, String state) throws IOException {
    RawHttp.Answer answer = rig.unix().get(path);
    while (!answer.json().path("state").asText().equals(state)) {
      RawHttp.Answer next =
          rig.unix().get(path + "?wait=30s", "If-None-Match: " + answer.header("ETag"));
      answer = next.status() == 304 ? answer : next;
    }
    return answer.json();
  }

  @Test
  void tellsHowFarAJobIsAndWhatItBrought() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    String path =
        begin(
            progress -> {
              progress.report("layer \u001b[31m1", 5, 10);
              half.await();
              return Json.object().put("digest", "sha256:1");
            });

    JsonNode running = awaited(path, "running");
    half.countDown();
    JsonNode over = awaited(path, "done");

    assertThat(running.path("action").asText()).isEqualTo("image.pull");
    assertThat(running.path("object").asText()).isEqualTo("busybox");
    assertThat(running.path("by").asText()).isEqualTo("maria");
    assertThat(over.path("step").asText()).isEqualTo("layer \ufffd[31m1");
    assertThat(over.path("done").asInt()).isEqualTo(5);
    assertThat(over.path("total").asInt()).isEqualTo(10);
    assertThat(over.path("result").path("digest").asText()).isEqualTo("sha256:1");
    assertThat(over.path("ended").asText()).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(look("/v1/jobs?state=done").path("jobs")).containsExactly(over);
    assertThat(look("/v1/jobs?state=failed").path("jobs")).isEmpty();
    assertThat(rig.events().after(rig.events().first(), Set.of(EventType.JOB), 10).events())
        .hasSize(2);
  }

  @Test
  void saysWhyAJobFailedButKeepsWhatIsNotForCallers() throws Exception {
    String known =
        begin(
            progress -> {
              throw new ApiException(ProblemCode.UNAVAILABLE, "The engine is not there.");
            });
    String unknown =
        begin(
            progress -> {
              throw new IllegalStateException("planted-canary");
            });

    assertThat(awaited(known, "failed").path("problem").path("detail").asText())
        .isEqualTo("The engine is not there.");
    assertThat(awaited(unknown, "failed").toString())
        .contains("urn:cloudy:problem:failed")
        .doesNotContain("canary");
  }

  @Test
  void endsWhatRunsAndWhatWaits() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Jobs.Work endless =
        progress -> {
          never.await();
          return Json.object();
        };
    String running = begin(endless);
    String second = begin(endless);
    String third = begin(endless);
    awaited(third, "running");
    String waiting = begin(endless);

    RawHttp.Answer cancelled = rig.unix().send("DELETE", waiting, "");
    assertThat(cancelled.json().path("state").asText()).isEqualTo("cancelled");
    for (String path : new String[] {running, second, third}) {
      rig.unix().send("DELETE", path, "");
      assertThat(awaited(path, "cancelled").has("problem")).isFalse();
    }
    RawHttp.Answer again = rig.unix().send("DELETE", running, "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("detail").asText()).isEqualTo("This job is over: cancelled.");
    String next = begin(progress -> Json.object());
    awaited(next, "done");
  }

  @Test
  void refusesMoreThanCanWaitAndForgetsTheOldest() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    String first = begin(progress -> Json.object());
    awaited(first, "done");
    int begun = 0;
    try {
      while (begun < 1000) {
        begin(
            progress -> {
              go.await();
              return Json.object();
            });
        begun++;
      }
    } catch (ApiException e) {
      assertThat(e.problem().code()).isEqualTo(ProblemCode.BUSY);
    }
    assertThat(begun).isBetween(33, 40);
    go.countDown();
    while (!look("/v1/jobs?state=waiting").path("jobs").isEmpty()) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < Jobs.KEPT; i++) {
      awaited(begin(progress -> Json.object()), "done");
    }
    assertThat(look("/v1/jobs").path("jobs")).hasSize(Jobs.KEPT);
    assertThat(rig.unix().get(first).status()).isEqualTo(404);
  }
}
