package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.people.People;
import community.cloudy.auth.Role;
import community.cloudy.gossip.serf.MemberStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiServerTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T09:00:00Z");

  @TempDir private Path folder;
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", changes);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private People people;
  private ApiServer server;
  private RawHttp unix;
  private RawHttp tcp;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(node());
    unix = RawHttp.unix(folder.resolve("sock"));
    tcp = as(Role.VIEWER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawHttp as(Role role) {
    return RawHttp.tcp(server.port().orElseThrow())
        .with("Authorization: Bearer " + ApiRig.token(people, role));
  }

  private Node node() throws IOException {
    Path file = folder.resolve("cloudy.yaml");
    Files.writeString(
        file,
        "node: {community: guifi}\napi: {listen: 127.0.0.1:0, socket: %s/sock, hosts: [attic.local]}\n"
            .formatted(folder));
    AgentConfig config = new ConfigFiles(Optional.of(file), List.of()).load();
    people = ApiRig.people(config, folder, () -> STARTED.plusSeconds(90));
    return new Node(
        "1.2",
        config,
        "f00d",
        community,
        changes,
        community.events(),
        people,
        Optional.empty(),
        ApiRig.modules(config, community, changes, people, folder),
        ApiRig.dropIns(folder),
        () -> STARTED.plusSeconds(90),
        STARTED,
        stopped::countDown);
  }

  @Test
  void tellsWhatTheNodeIs() throws IOException {
    community.set("cellar", MemberStatus.FAILED, Map.of());

    JsonNode agent = tcp.get("/v1/agent").json();

    assertThat(agent.toString())
        .isEqualTo(
            "{\"name\":\"attic\",\"version\":\"1.2\",\"community\":\"guifi\","
                + "\"key_fingerprint\":\"f00d\",\"uptime_seconds\":90,"
                + "\"gossip_address\":\"10.0.0.1:7946\",\"status\":\"alive\",\"profile\":\"lan\","
                + "\"encrypted\":false,"
                + "\"members\":{\"alive\":1,\"leaving\":0,\"left\":0,\"failed\":1}}");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/members?status=dead, status",
    "/v1/members?limit=0,     limit",
    "/v1/members?limit=1&limit=2, limit",
    "/v1/members?sort=age,    sort",
    "/v1/members?tag=role,    tag",
    "/v1/members?near=nobody, near",
    "/v1/coordinates?near=attic, near",
    "/v1/members?wait=soon,   wait",
    "/v1/members?wait=11m,    wait",
    "/v1/members?colour=red,  colour",
    "/v1/agent?colour=red,    colour",
  })
  void namesTheParameterThatIsWrong(String path, String parameter) throws IOException {
    RawHttp.Answer answer = unix.get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().at("/type").asText()).isEqualTo("urn:cloudy:problem:bad-request");
    assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void tellsAndChangesItsTags() throws IOException {
    String body = "{\"set\":{\"a\":\"1\",\"b\":\"\"},\"remove\":[\"role\"]}";

    assertThat(tcp.get("/v1/agent/tags").body()).isEqualTo("{\"tags\":{\"role\":\"proxy\"}}");
    assertThat(unix.send("PUT", "/v1/agent/tags", body, "Content-Type: application/json").body())
        .isEqualTo("{\"tags\":{\"a\":\"1\",\"b\":\"\"}}");
    assertThat(tcp.send("PUT", "/v1/agent/tags", body, "Content-Type: application/json").status())
        .isEqualTo(403);
    assertThat(unix.get("/v1/agent/tags").body()).isEqualTo("{\"tags\":{\"a\":\"1\",\"b\":\"\"}}");
  }

  @Test
  void needsNoLengthWhereThereIsNoContent() throws IOException {
    assertThat(
            unix.raw("PUT /v1/agent/tags HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .status())
        .isEqualTo(200);
  }

  @Test
  void joins() throws IOException {
    RawHttp.Answer answer =
        unix.post("/v1/join", "{\"addresses\":[\"a\",\"b:1\"],\"ignore_old_events\":true}");

    assertThat(answer.body()).isEqualTo("{\"joined\":2}");
    assertThat(community.asked()).containsExactly("join [a, b:1] true");
  }

  @Test
  void saysThatNobodyAnswered() throws IOException {
    RawHttp.Answer answer = unix.post("/v1/join", "{\"addresses\":[\"nowhere\"]}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:cloudy:problem:unreachable");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo("Could not join nowhere: no such host.");
  }

  @Test
  void pointsAtEveryFieldThatIsWrong() throws IOException {
    RawHttp.Answer answer =
        unix.post(
            "/v1/join", "{\"addresses\":[\"a\",\"\\u0007\"],\"ignore_old_events\":1,\"x/y\":2}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors").findValuesAsText("pointer"))
        .containsExactly("#/addresses/1", "#/ignore_old_events", "#/x~1y");
    assertThat(community.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'{', 400", "'[]', 400", "'{}{}', 400", "'{\"node\":\"a\",\"node\":\"b\"}', 400"})
  void refusesWhatIsNotOneJsonObject(String body, int status) throws IOException {
    assertThat(unix.post("/v1/force-leave", body).status()).isEqualTo(status);
  }

  @Test
  void refusesOtherContentTypes() throws IOException {
    assertThat(unix.send("POST", "/v1/join", "a=b", "Content-Type: text/plain").status())
        .isEqualTo(415);
    assertThat(unix.send("POST", "/v1/join", "{}").status()).isEqualTo(415);
  }

  @Test
  void refusesBodiesLargerThanTheLimit() throws IOException {
    String large = "{\"addresses\":[\"" + "a".repeat(70_000) + "\"]}";
    String chunked =
        "POST /v1/join HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/json\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(large.length(), large);

    assertThat(unix.post("/v1/join", large).status()).isEqualTo(413);
    assertThat(unix.raw(chunked).status()).isEqualTo(413);
  }

  @Test
  void refusesHeadersLargerThanTheLimit() throws IOException {
    RawHttp.Answer answer = unix.get("/v1/agent", "X: " + "a".repeat(9_000));

    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void leavesThenStopsTheAgent() throws Exception {
    RawHttp.Answer answer = unix.send("POST", "/v1/leave", "");

    assertThat(answer.body()).isEqualTo("{\"left\":true}");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(unix.get("/healthz").status()).isEqualTo(503);
  }

  @Test
  void forcesANodeToLeave() throws IOException {
    assertThat(unix.post("/v1/force-leave", "{\"node\":\"cellar\",\"prune\":true}").status())
        .isEqualTo(200);
    assertThat(community.asked()).containsExactly("force-leave cellar true");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,       200",
    "localhost:7000,  200",
    "127.0.0.1:80,    200",
    "[::1]:7000,      200",
    "ATTIC.local,     200",
    "evil.example,    421",
    "127.0.0.1.evil.example, 421",
    "'',              400",
  })
  void answersOverTcpOnlyToNamesItGoesBy(String host, int status) throws IOException {
    assertThat(tcp.get("/v1/agent", "Host: " + host).status()).isEqualTo(status);
  }

  @Test
  void answersOverTcpOnlyToThoseWhoNameIt() throws IOException {
    assertThat(tcp.raw("GET /v1/agent HTTP/1.0\r\n\r\n").status()).isEqualTo(421);
  }

  @Test
  void mindsNoHostOnTheSocket() throws IOException {
    assertThat(unix.get("/v1/agent", "Host: whatever").status()).isEqualTo(200);
  }

  @Test
  void answersHeadLikeGetWithoutBody() throws IOException {
    RawHttp.Answer head = unix.send("HEAD", "/v1/members", "");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length"))
        .isEqualTo(Integer.toString(unix.get("/v1/members").body().length()));
  }

  @Test
  void saysWhatIsAllowedInstead() throws IOException {
    assertThat(unix.send("DELETE", "/v1/members", "").header("Allow")).isEqualTo("GET, HEAD");
    assertThat(unix.get("/v1/join").header("Allow")).isEqualTo("POST");
    assertThat(unix.send("DELETE", "/v1/agent/tags", "").header("Allow"))
        .isEqualTo("GET, HEAD, PUT");
    assertThat(unix.get("/v1/queries/7-1").header("Allow")).isEqualTo("POST");
    assertThat(unix.get("/v1/join").status()).isEqualTo(405);
    assertThat(unix.get("/v2/agent").status()).isEqualTo(404);
  }

  @Test
  void sendsTheSafetyHeadersWithEveryAnswer() throws IOException {
    for (String path : List.of("/v1/agent", "/nowhere", "/metrics")) {
      RawHttp.Answer answer = tcp.get(path);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  @Test
  void writesPrometheusText() throws IOException {
    RawHttp.Answer answer = tcp.get("/metrics");

    assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "cloudy_build_info{version=\"1.2\"} 1",
            "cloudy_members{status=\"alive\"} 1",
            "cloudy_events_total 0",
            "# TYPE cloudy_serf_packets_received_total counter",
            "cloudy_serf_packets_received_total 7",
            "# TYPE cloudy_serf_queue_length gauge",
            "process_start_time_seconds " + STARTED.getEpochSecond())
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"})? [0-9.]+"));
  }
}
