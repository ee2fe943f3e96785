package community.cloudy.services.squid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.squid.conf.FederationList;
import community.cloudy.services.squid.conf.Surroundings.Parent;
import community.cloudy.services.squid.settings.Parents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy among the community's others. */
final class NeighboursIT {
  @TempDir Path temporary;
  private final TestCatalogue catalogue = new TestCatalogue();

  @BeforeEach
  void needs() {
    SquidFixture.needsSquid();
  }

  private static Service proxy(String node, String host, Trust trust, Map<String, String> more) {
    Offer offer =
        new Offer(
            "proxy3",
            "proxy",
            "",
            List.of(new ServiceEndpoint("tcp", host, 3128, "")),
            new TreeMap<>(more),
            new Health(Health.State.OK, "answers"));
    return new Service(
        node, Optional.empty(), "squid", offer, Duration.ZERO, 1, trust, false, false, List.of());
  }

  @Test
  void choosesTheNearestItMayTrustAndNeverThisMachine() {
    catalogue.set(
        List.of(
            proxy("own", "10.0.0.9", Trust.OWN, Map.of()),
            proxy("loop", "127.0.0.1", Trust.VERIFIED, Map.of()),
            proxy("here", "10.0.0.1", Trust.VERIFIED, Map.of()),
            proxy("old", "10.0.0.2", Trust.UNVERIFIED, Map.of()),
            proxy("asks", "10.0.0.3", Trust.PINNED, Map.of("Federated", "Yes")),
            proxy("name", "proxy.example.org", Trust.PINNED, Map.of()),
            proxy("near", "10.0.0.4", Trust.PINNED, Map.of()),
            proxy("far", "10.0.0.5", Trust.VERIFIED, Map.of())));
    Neighbours neighbours = new Neighbours(catalogue, Set.of("10.0.0.1"));
    Parent near = new Parent("near", "10.0.0.4", 3128);
    Parent far = new Parent("far", "10.0.0.5", 3128);

    assertThat(neighbours.choose(new Parents(3, List.of(), true, false), List.of()))
        .containsExactly(near, far);
    assertThat(neighbours.choose(new Parents(1, List.of(), true, false), List.of()))
        .containsExactly(near);
    assertThat(neighbours.choose(new Parents(4, List.of("old", "asks"), true, true), List.of()))
        .extracting(Parent::node)
        .containsExactly("old", "asks");
    assertThat(neighbours.choose(new Parents(1, List.of(), true, false), List.of(far)))
        .containsExactly(far);

    catalogue.distance("near", Duration.ofMillis(2));
    catalogue.distance("far", Duration.ofMillis(9));
    assertThat(neighbours.choose(new Parents(1, List.of(), true, false), List.of(far)))
        .containsExactly(near);
  }

  @Test
  void followsTheCatalogueAndTheFederationWhileItRuns() throws IOException {
    int port = SquidFixture.freePort();
    try (TestContext context = SquidFixture.context(temporary, catalogue)) {
      SquidInstance squid =
          new SquidModule().start(SquidFixture.settings(port, "{'parents':{'count':1}}"), context);
      catalogue.set(List.of(proxy("near", "10.255.255.4", Trust.PINNED, Map.of())));
      await().until(() -> "near 10.255.255.4:3128".equals(squid.status().facts().get("parents")));
      assertThat(conf(squid)).contains("cache_peer 10.255.255.4 parent 3128");

      squid.federate(Optional.of(FederationList.parse("7-out\n8-in\n")));
      assertThat(conf(squid)).contains("http_access deny !cloudy_own");
      assertThat(squid.status().services().get(0).offer().attributes()).isEmpty();
      squid.close();

      SquidInstance next =
          new SquidModule().start(SquidFixture.settings(port, "{'parents':{'count':1}}"), context);
      assertThat(next.federation()).isPresent();
      assertThat(conf(next)).contains("cache_peer").contains("cloudy_own");
      next.stop();
    }
  }

  @Test
  void onlyAttachesToASquidThatRunsByItself() throws IOException {
    int port = SquidFixture.freePort();
    try (TestContext context = SquidFixture.context(temporary)) {
      SquidInstance ours = new SquidModule().start(SquidFixture.settings(port, "{}"), context);
      Path other = Files.createDirectory(temporary.resolve("other"));
      try (TestContext outside =
          new TestContext("attic", "squid", other, RunMode.EXTERNAL, catalogue)) {
        SquidInstance attached =
            new SquidModule().start(SquidFixture.settings(port, "{}"), outside);
        await().until(() -> attached.status().health().state() == Health.State.OK);
        attached.stop();
      }
      assertThat(Browser.of(port).get("http://10.1.2.3/")).isEqualTo(407);
      ours.stop();
    }
  }

  private static String conf(SquidInstance squid) throws IOException {
    return Files.readString(squid.files().inUse());
  }
}
