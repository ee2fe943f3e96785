package community.cloudy.services.squid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SquidIT {
  private static final String FRIENDS = "cn=friends,ou=groups,dc=example,dc=org";

  @TempDir Path temporary;
  private Origin origin;
  private TestContext context;
  private SquidInstance squid;
  private int port;

  @BeforeEach
  void begin() throws IOException {
    SquidFixture.needsSquid();
    Optional<String> address = Origin.address();
    assumeTrue(address.isPresent(), "needs an address that is not loopback");
    origin = new Origin(address.get());
    context = SquidFixture.context(temporary);
    context.people().add("maria", "right pass%word", Set.of(FRIENDS));
    context.people().add("joan", "secret", Set.of());
    port = SquidFixture.freePort();
  }

  @AfterEach
  void end() {
    if (squid != null) {
      squid.close();
      context.close();
      origin.close();
    }
  }

  private SquidSettings settings(String json) throws IOException {
    String here =
        "'who':{'networks':['127.0.0.0/8']%s},'destinations':{'own_ports':['%d'],'homes':true%s}";
    String[] parts = (json + ";;").split(";", -1);
    return SquidFixture.settings(
        port, "{" + here.formatted(parts[0], origin.port(), parts[1]) + parts[2] + "}");
  }

  private void start(String json) throws IOException {
    squid = new SquidModule().start(settings(json), context);
  }

  private Browser anybody() {
    return Browser.of(port);
  }

  private Browser maria() {
    return anybody().as("maria", "right pass%word");
  }

  @Test
  void letsInWhoeverTheNodeKnowsAndNobodyElse() throws IOException {
    start("");

    assertThat(squid.status().health().state()).isEqualTo(Health.State.OK);
    assertThat(maria().get(origin.url("/"))).isEqualTo(200);
    assertThat(anybody().get(origin.url("/"))).isEqualTo(407);
    assertThat(anybody().as("maria", "wrong").get(origin.url("/"))).isEqualTo(407);
    assertThat(squid.status().services().get(0).offer().attributes())
        .containsEntry("Federated", "Yes");
  }

  @Test
  void forgetsWhoIsRevokedAndRemembersForAWhileIfTheDirectoryIsAway() throws IOException {
    start("");
    assertThat(maria().get(origin.url("/"))).isEqualTo(200);

    context.people().away(true);
    assertThat(anybody().as("joan", "secret").get(origin.url("/"))).isEqualTo(407);
    context.people().away(false);
    await().until(() -> anybody().as("joan", "secret").get(origin.url("/")) == 200);
    assertThat(squid.status().metrics().get("logins_unavailable_total")).isPositive();

    context.people().remove("maria");
    await().until(() -> maria().get(origin.url("/")) == 407);
  }

  @Test
  void asksForGroupsAndLoginsAnewAfterTheRecheck() throws IOException {
    start(",'groups':['CN=friends, ou=groups,dc=example,dc=org']");

    assertThat(maria().get(origin.url("/"))).isEqualTo(200);
    assertThat(anybody().as("joan", "secret").get(origin.url("/"))).isEqualTo(403);
    assertThat(squid.status().services().get(0).offer().attributes()).isEmpty();

    context.people().add("maria", "right pass%word", Set.of());
    await().until(() -> maria().get(origin.url("/")) == 403);
    squid.reload(settings(",'logins':['JOAN']"));
    await().until(() -> anybody().as("joan", "secret").get(origin.url("/")) == 200);
  }

  @Test
  void neverLeadsToTheMachineItselfOrAroundTheRules() throws IOException {
    start(";;,'listen':[]");

    for (String place :
        new String[] {
          "http://127.0.0.1:" + port + "/",
          "http://localhost:22/",
          "http://[::1]:80/",
          "http://[::ffff:127.0.0.1]:80/",
          "http://0.0.0.0:80/",
          "http://169.254.169.254/latest/meta-data/",
          "http://172.17.0.1:8080/",
          "http://127.0.0.1:" + port + "/squid-internal-mgr/shutdown",
          origin.url("/").replace(":" + origin.port(), ":" + port)
        }) {
      assertThat(maria().get(place)).as(place).isIn(403, 401);
    }
    assertThat(maria().connect("127.0.0.1:443")).isEqualTo(403);
    assertThat(maria().connect("192.0.2.77:25")).isEqualTo(403);
  }

  @Test
  void reloadsWithoutDroppingWhatIsBeingFetched() throws IOException {
    start("");
    OptionalLong pid = pid();
    try (InputStream page = maria().open(origin.url("/halves"))) {
      assertThat(page.readNBytes(100_000)).hasSize(100_000);
      squid.reload(settings(";,'deny':['.bad.example','198.51.100.0/24']"));
      origin.letGo();
      assertThat(page.readAllBytes().length).isGreaterThan(300_000);
    }
    assertThat(pid()).isEqualTo(pid);
    assertThat(maria().get("http://www.bad.example/")).isEqualTo(403);
    assertThat(maria().get("http://198.51.100.7/")).isEqualTo(403);
  }

  @Test
  void runsOnWhileTheAgentIsRestarted() throws IOException {
    start("");
    OptionalLong pid = pid();
    try (InputStream page = maria().open(origin.url("/halves"))) {
      assertThat(page.readNBytes(100_000)).hasSize(100_000);
      squid.close();
      start("");
      origin.letGo();
      assertThat(page.readAllBytes().length).isGreaterThan(300_000);
    }
    assertThat(pid()).isEqualTo(pid);
    await().until(() -> anybody().as("joan", "secret").get(origin.url("/")) == 200);
  }

  private OptionalLong pid() {
    String pid = squid.status().facts().get("pid");
    return pid == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
  }

  @Test
  void countsHitsWithoutNamingAnybodyUnlessTold() throws IOException {
    start("");
    for (int i = 0; i < 4; i++) {
      assertThat(maria().get(origin.url("/page"))).isEqualTo(200);
    }
    await().until(() -> squid.accessLog().all().requests() >= 4);
    assertThat(squid.accessLog().all().hits()).isEqualTo(3);
    assertThat(squid.accessLog().people(5)).isEmpty();

    squid.reload(settings(";;,'log_people':true"));
    assertThat(maria().get(origin.url("/page"))).isEqualTo(200);
    await().until(() -> squid.accessLog().people(5).containsKey("maria"));
    await().until(() -> squid.status().metrics().get("hits_total") >= 4);
  }

  @Test
  void keepsADiskCacheAndLimitsBandwidth() throws IOException {
    start(";;,'disk_mb':20,'pools':[{'each_kbps':100000,'logins':['maria']},{'total_kbps':5000}]");

    assertThat(maria().get(origin.url("/"))).isEqualTo(200);
    assertThat(temporary.resolve("squid").resolve("work").resolve("cache/0F")).isDirectory();
  }
}
