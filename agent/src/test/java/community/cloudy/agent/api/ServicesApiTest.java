package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.FakeServices;
import community.cloudy.auth.Role;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServicesApiTest {
  private static final NodeKey KEY = new NodeKey(Bytes.wrap(new byte[32]));
  private static final String SPEC =
      "{\"type\":\"website\",\"name\":\"Garden\",\"endpoints\":[{\"scheme\":\"http\",\"port\":8080}]";

  @TempDir private Path folder;
  private ApiRig rig;
  private FakeCommunity community;
  private FakeServices services;

  @BeforeEach
  void start() throws Exception {
    rig = new ApiRig(folder);
    community = rig.community();
    services = community.services();
    community.set("roof", MemberStatus.ALIVE, Map.of());
    community.set("cellar", MemberStatus.ALIVE, Map.of());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Service service(
      String node, String id, String type, State state, Trust trust, boolean hidden) {
    Offer offer =
        new Offer(
            type,
            "The " + id,
            "",
            List.of(new ServiceEndpoint("http", "10.0.0.9", 80, "")),
            new TreeMap<>(Map.of("k", "v")),
            new Health(state, "evidence"));
    return new Service(
        node,
        trust == Trust.UNVERIFIED ? Optional.empty() : Optional.of(KEY),
        id,
        offer,
        Duration.ofSeconds(7),
        3,
        trust,
        hidden,
        false,
        List.of("Because."));
  }

  private RawHttp.Answer send(String method, String path, String json) throws IOException {
    return rig.unix().send(method, path, json, "Content-Type: application/json");
  }

  private void fill() {
    services.add(service("roof", "web", "website", State.OK, Trust.PINNED, false));
    services.add(service("cellar", "proxy", "proxy3", State.FAILING, Trust.VERIFIED, false));
    services.add(service("attic", "sync", "syncthing", State.OK, Trust.OWN, false));
    services.add(service("gone", "old", "website", State.UNKNOWN, Trust.UNVERIFIED, true));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                          proxy sync web",
    "?hidden=true,                old proxy sync web",
    "?type=website,               web",
    "?type=website&type=proxy3,   proxy web",
    "?node=attic,                 sync",
    "?text=PROX,                  proxy",
    "?health=failing,             proxy",
    "?trust=verified&trust=own,   proxy sync",
    "?sort=-name,                 web sync proxy",
    "?sort=type&limit=1,          proxy",
  })
  void filtersSortsAndLimitsServices(String query, String ids) throws Exception {
    fill();
    List<String> found = new ArrayList<>();
    String sorted =
        query.contains("sort") ? query : query.isEmpty() ? "?sort=name" : query + "&sort=name";
    rig.unix()
        .get("/v1/services" + sorted)
        .json()
        .path("services")
        .forEach(service -> found.add(service.path("id").asText()));
    assertThat(String.join(" ", found)).isEqualTo(ids);
  }

  @Test
  void theNearestComeFirst() throws Exception {
    fill();
    community.locate("attic", Duration.ZERO);
    community.locate("roof", Duration.ofMillis(30));
    community.locate("cellar", Duration.ofMillis(10));
    List<String> found = new ArrayList<>();
    rig.tcp(Role.VIEWER)
        .get("/v1/services")
        .json()
        .path("services")
        .forEach(service -> found.add(service.path("node").asText()));
    assertThat(found).containsExactly("attic", "cellar", "roof");
  }

  @Test
  void tellsAllOfOneServiceWithTheReasons() throws Exception {
    fill();
    JsonNode one = rig.tcp(Role.VIEWER).get("/v1/services/roof/web").json();
    assertThat(one.path("name").asText()).isEqualTo("The web");
    assertThat(one.path("health").path("state").asText()).isEqualTo("ok");
    assertThat(one.path("health").path("evidence").asText()).isEqualTo("evidence");
    assertThat(one.path("age_seconds").asInt()).isEqualTo(7);
    assertThat(one.path("key_fingerprint").asText()).isEqualTo(KEY.fingerprint());
    assertThat(one.path("endpoints").path(0).path("url").asText()).isEqualTo("http://10.0.0.9:80");
    assertThat(one.path("reasons").path(0).asText()).isEqualTo("Because.");
    assertThat(rig.tcp(Role.VIEWER).get("/v1/services/roof/none").status()).isEqualTo(404);
  }

  @Test
  void whoHasTheListWaitsForAnother() throws Exception {
    fill();
    String etag = rig.unix().get("/v1/services").header("ETag");
    CompletableFuture<Integer> total =
        CompletableFuture.supplyAsync(() -> total("/v1/services?wait=30s", etag));
    while (rig.server().waiting() == 0) {
      Thread.onSpinWait();
    }
    services.clear();
    community.set("mill", MemberStatus.ALIVE, Map.of());
    assertThat(total.get(20, TimeUnit.SECONDS)).isZero();
  }

  private int total(String path, String etag) {
    try {
      return rig.unix().get(path, "If-None-Match: " + etag).json().path("total").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void announcesWithTheCheckThatFitsAndAnIdMadeOfTheName() throws Exception {
    JsonNode answer = rig.unix().post("/v1/announcements", SPEC + "}").json();
    assertThat(answer.path("id").asText()).isEqualTo("website-garden");
    assertThat(answer.path("check").path("kind").asText()).isEqualTo("http");
    ServiceSpec spec = services.own().get(0);
    assertThat(spec.plan()).contains(CheckPlan.of(new Check.Http(false, "/")));
  }

  @Test
  void takesACheckAndItsNumbers() throws Exception {
    rig.unix()
        .post(
            "/v1/announcements",
            SPEC
                + ",\"check\":{\"kind\":\"dns\",\"name\":\"example.org\",\"interval\":\"2s\","
                + "\"down\":5,\"up\":1}}");
    assertThat(services.own().get(0).plan())
        .contains(
            new CheckPlan(
                new Check.Dns("example.org"), Duration.ofSeconds(2), Duration.ofSeconds(2), 5, 1));
    rig.unix().post("/v1/announcements", SPEC + ",\"replace\":true,\"check\":{\"kind\":\"none\"}}");
    assertThat(services.own().get(0).plan()).isEmpty();
  }

  @Test
  void anIdThatIsTakenIsAConflictUnlessItMayBeReplaced() throws Exception {
    rig.unix().post("/v1/announcements", SPEC + ",\"id\":\"web\"}");
    RawHttp.Answer again = rig.unix().post("/v1/announcements", SPEC + ",\"id\":\"web\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("type").asText()).isEqualTo("urn:cloudy:problem:exists");
    assertThat(
            rig.unix()
                .post("/v1/announcements", SPEC + ",\"id\":\"web\",\"replace\":true}")
                .status())
        .isEqualTo(200);
    assertThat(send("PUT", "/v1/announcements/web", SPEC + "}").status()).isEqualTo(200);
  }

  @Test
  void everyFaultOfAnAnnouncementIsNamedAtOnce() throws Exception {
    JsonNode problem =
        rig.unix()
            .post(
                "/v1/announcements",
                "{\"type\":\"web\",\"name\":5,\"endpoints\":[{\"port\":99999,\"colour\":\"red\"}],"
                    + "\"check\":{\"kind\":\"smoke\"},\"size\":1}")
            .json();
    List<String> pointers = new ArrayList<>();
    problem.path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(pointers)
        .contains("#/name", "#/endpoints/0/port", "#/endpoints/0/colour", "#/check", "#/size");
    assertThat(services.own()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "<script>alert(1)</script>",
    "right\\u202eto left",
    "zero\\u200bwidth",
  })
  void textThatCouldHarmAReaderIsRefused(String name) throws Exception {
    RawHttp.Answer answer =
        rig.unix()
            .post(
                "/v1/announcements",
                "{\"type\":\"web\",\"name\":\"" + name + "\",\"endpoints\":[{\"port\":80}]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(services.own()).isEmpty();
  }

  @Test
  void withdrawsOnceAndTakesResultsForWhatIsItsOwn() throws Exception {
    send("PUT", "/v1/announcements/web", SPEC + ",\"check\":{\"kind\":\"pushed\"}}");
    JsonNode pushed =
        rig.unix()
            .post("/v1/announcements/web/health", "{\"state\":\"failing\",\"evidence\":\"full\"}")
            .json();
    assertThat(pushed.path("health").path("evidence").asText()).isEqualTo("full");
    assertThat(rig.unix().post("/v1/announcements/web/health", "{\"state\":\"so-so\"}").status())
        .isEqualTo(400);
    assertThat(rig.unix().get("/v1/announcements/web").status()).isEqualTo(200);
    assertThat(send("DELETE", "/v1/announcements/web", "").status()).isEqualTo(200);
    assertThat(send("DELETE", "/v1/announcements/web", "").status()).isEqualTo(404);
    assertThat(rig.unix().get("/v1/announcements").json().path("announcements")).isEmpty();
  }

  @Test
  void viewersAnnounceNothing() throws Exception {
    assertThat(rig.tcp(Role.VIEWER).post("/v1/announcements", SPEC + "}").status()).isEqualTo(403);
    assertThat(services.own()).isEmpty();
  }

  @Test
  void tellsWhoseKeyEachNameHasAndAcceptsAClaim() throws Exception {
    NodeKey other = new NodeKey(Bytes.wrap("y".repeat(32).getBytes(StandardCharsets.US_ASCII)));
    services.pin(new Discovery.Pin("roof", KEY, true, Optional.of(other)));
    JsonNode trust = rig.tcp(Role.VIEWER).get("/v1/trust").json();
    assertThat(trust.path("nodes").path(0).path("claimed_fingerprint").asText())
        .isEqualTo(other.fingerprint());
    assertThat(trust.path("refused").path(0).path("count").asInt()).isEqualTo(3);
    String accept = "{\"node\":\"roof\",\"key_fingerprint\":\"%s\"}";
    assertThat(rig.unix().post("/v1/trust", accept.formatted(other.fingerprint())).status())
        .isEqualTo(200);
    assertThat(rig.unix().post("/v1/trust", accept.formatted(KEY.fingerprint())).status())
        .isEqualTo(404);
  }
}
