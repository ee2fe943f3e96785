package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.auth.Role;
import community.cloudy.gossip.serf.MemberStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of members: who is on it, in which order, how far away, and when it changes. */
final class MembersTest {
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

  @ParameterizedTest
  @CsvSource({
    "'',                       attic cellar roof",
    "?status=alive,            attic roof",
    "?status=failed&status=left, cellar",
    "?name=roof,               roof",
    "?tag=role%3Dproxy,        attic roof",
    "?tag=role=proxy&tag=x=y,  roof",
    "?sort=-name,              roof cellar attic",
    "?sort=-status&limit=2,    cellar attic",
    "?name=none,               ''",
  })
  void filtersSortsAndLimitsMembers(String query, String names) throws IOException {
    rig.community().set("roof", MemberStatus.ALIVE, Map.of("role", "proxy", "x", "y"));
    rig.community().set("cellar", MemberStatus.FAILED, Map.of());

    assertThat(names("/v1/members" + query)).isEqualTo(names);
  }

  @Test
  void describesAMember() throws IOException {
    assertThat(rig.unix().get("/v1/members?limit=1").json().path("members").get(0).toString())
        .isEqualTo(
            "{\"name\":\"attic\",\"address\":\"10.0.0.1:7946\",\"status\":\"alive\","
                + "\"tags\":{\"role\":\"proxy\"},\"protocol\":{\"min\":1,\"max\":5,\"current\":2,"
                + "\"serf_min\":2,\"serf_max\":5,\"serf_current\":5}}");
  }

  private String names(String path) throws IOException {
    return String.join(" ", rig.unix().get(path).json().path("members").findValuesAsText("name"));
  }

  @Test
  void sortsByNearness() throws IOException {
    rig.community().set("cellar", MemberStatus.ALIVE, Map.of());
    rig.community().set("barn", MemberStatus.ALIVE, Map.of());
    rig.community().set("roof", MemberStatus.ALIVE, Map.of());
    rig.community().locate("attic", Duration.ZERO);
    rig.community().locate("cellar", Duration.ofMillis(30));
    rig.community().locate("roof", Duration.ofMillis(10));

    assertThat(names("/v1/members?sort=rtt")).isEqualTo("attic roof cellar barn");
    assertThat(names("/v1/members?sort=-rtt")).isEqualTo("cellar roof attic barn");
    assertThat(names("/v1/members?sort=rtt&near=cellar")).isEqualTo("cellar roof attic barn");
  }

  @Test
  void tellsRoundTripsWhereTheyAreKnown() throws IOException {
    rig.community().set("cellar", MemberStatus.ALIVE, Map.of());
    rig.community().set("roof", MemberStatus.ALIVE, Map.of());
    rig.community().locate("attic", Duration.ZERO);
    rig.community().locate("cellar", Duration.ofNanos(1_234_567));

    JsonNode here = rig.unix().get("/v1/members").json();
    JsonNode there = rig.unix().get("/v1/members?near=cellar").json();

    assertThat(here.path("near").asText()).isEqualTo("attic");
    assertThat(here.findValuesAsText("rtt_ms")).containsExactly("0.0", "1.235");
    assertThat(there.path("near").asText()).isEqualTo("cellar");
    assertThat(there.findValuesAsText("rtt_ms")).containsExactly("1.235", "0.0");
  }

  @Test
  void doesNotTakeOtherRoundTripsForNews() throws IOException {
    rig.community().set("cellar", MemberStatus.ALIVE, Map.of());
    rig.community().locate("attic", Duration.ZERO);
    rig.community().locate("cellar", Duration.ofMillis(1));
    String etag = rig.unix().get("/v1/members").header("ETag");
    rig.community().locate("cellar", Duration.ofMillis(2));

    assertThat(rig.unix().get("/v1/members", "If-None-Match: " + etag).status()).isEqualTo(304);
  }

  @Test
  void tellsCoordinates() throws IOException {
    rig.community().locate("attic", Duration.ZERO);
    rig.community().locate("cellar", Duration.ofMillis(20));

    assertThat(rig.unix().get("/v1/coordinates?node=cellar").body())
        .isEqualTo(
            "{\"from\":\"attic\",\"coordinates\":[{\"node\":\"cellar\","
                + "\"vector\":[0.02,0.0,0.0,0.0,0.0,0.0,0.0,0.0],\"error\":0.5,"
                + "\"adjustment\":0.0,\"height\":0.0,\"rtt_ms\":20.0}]}");
    assertThat(rig.tcp(Role.VIEWER).get("/v1/coordinates").json().path("coordinates")).hasSize(2);
  }

  @Test
  void answersNotModifiedToThoseWhoKnow() throws IOException {
    String etag = rig.unix().get("/v1/members").header("ETag");

    RawHttp.Answer same = rig.unix().get("/v1/members", "If-None-Match: " + etag);
    rig.community().set("roof", MemberStatus.ALIVE, Map.of());
    RawHttp.Answer other = rig.unix().get("/v1/members", "If-None-Match: " + etag);

    assertThat(etag).matches("W/\"[0-9a-f]{24}\"");
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("ETag")).isNotEqualTo(etag);
  }

  @Test
  void answersAWaitingCallerWhenTheListChanges() throws Exception {
    String etag = rig.unix().get("/v1/members?status=failed").header("ETag");
    CompletableFuture<RawHttp.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> quietly("/v1/members?status=failed&wait=1m", "If-None-Match: " + etag));
    while (rig.server().waiting() == 0) {
      Thread.onSpinWait();
    }

    rig.community().set("roof", MemberStatus.ALIVE, Map.of());
    assertThat(answer).isNotDone();
    rig.community().set("cellar", MemberStatus.FAILED, Map.of());

    assertThat(answer.get(20, TimeUnit.SECONDS).json().path("total").asInt()).isEqualTo(1);
    assertThat(rig.server().waiting()).isZero();
  }

  @Test
  void answersNotModifiedWhenTheWaitIsOver() throws IOException {
    String etag = rig.unix().get("/v1/members").header("ETag");

    assertThat(rig.unix().get("/v1/members?wait=5ms", "If-None-Match: " + etag).status())
        .isEqualTo(304);
  }

  private RawHttp.Answer quietly(String path, String header) {
    try {
      return rig.unix().get(path, header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
