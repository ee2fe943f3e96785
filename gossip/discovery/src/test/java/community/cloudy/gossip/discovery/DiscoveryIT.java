package community.cloudy.gossip.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.discovery.legacy.LegacyService;
import community.cloudy.gossip.discovery.legacy.LegacyTag;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes of gossip and discovery on loopback. */
class DiscoveryIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private record Node(Serf serf, Discovery discovery, KeyPair keys) {
    int port() {
      return serf.localMember().endpoint().port();
    }

    Optional<Service> service(String node, String id) {
      return discovery.services().stream()
          .filter(service -> service.node().equals(node) && service.id().equals(id))
          .findFirst();
    }
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Serf serf(String name, Map<String, String> tags, Node... join) {
    List<String> addresses =
        java.util.Arrays.stream(join).map(node -> "127.0.0.1:" + node.port()).toList();
    Serf serf =
        Serf.start(
            SerfConfig.named(name, "127.0.0.1:0")
                .withProfile(Profile.LOCAL)
                .withTags(tags)
                .withJoin(addresses),
            event -> {});
    open.push(serf);
    return serf;
  }

  private Node node(String name, KeyPair keys, Node... join) {
    Serf serf = serf(name, Discovery.initialTags(), join);
    Discovery discovery =
        Discovery.start(
            new DiscoveryConfig(
                name,
                "test",
                Profile.LOCAL,
                keys.getPrivate(),
                keys.getPublic(),
                Set.of(),
                true,
                Duration.ofHours(2),
                folder.resolve(name)),
            serf,
            InstantSource.system(),
            event -> {});
    open.push(discovery);
    return new Node(serf, discovery, keys);
  }

  private Node node(String name, Node... join) {
    return node(name, keys(), join);
  }

  private static ServiceSpec spec(String id, int port, Check check) {
    ServiceSpec usual =
        ServiceSpec.of(
            id,
            "website",
            "Garden",
            "What grows",
            List.of(new ServiceEndpoint("http", "", port, "/")),
            new TreeMap<>(Map.of("language", "ca")));
    CheckPlan plan = new CheckPlan(check, Duration.ofSeconds(1), Duration.ofMillis(900), 2, 1);
    return new ServiceSpec(id, usual.offer(), Optional.of(plan));
  }

  private HttpServer web() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    web.start();
    open.push(() -> web.stop(0));
    return web;
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(LONG).until(condition);
  }

  @Test
  void aServiceIsSeenByOthersWithItsHealthUntilItIsWithdrawn() throws Exception {
    HttpServer web = web();
    Node attic = node("attic");
    Node barn = node("barn", attic);
    attic.discovery.announce(
        spec("garden", web.getAddress().getPort(), new Check.Http(false, "/")), false);

    eventually(
        () ->
            barn.service("attic", "garden")
                .filter(s -> s.offer().health().state() == State.OK)
                .isPresent());
    Service seen = barn.service("attic", "garden").orElseThrow();
    assertThat(seen.trust()).isEqualTo(Trust.PINNED);
    assertThat(seen.hidden()).isFalse();
    assertThat(seen.elsewhere()).isFalse();
    assertThat(seen.offer().endpoints().get(0).host()).isEqualTo("127.0.0.1");
    assertThat(seen.offer().health().evidence()).contains("200");
    assertThat(attic.service("attic", "garden").orElseThrow().trust()).isEqualTo(Trust.OWN);

    web.stop(0);
    eventually(
        () ->
            barn.service("attic", "garden").orElseThrow().offer().health().state()
                == State.FAILING);

    attic.discovery.withdraw("garden");
    eventually(() -> barn.service("attic", "garden").isEmpty());
  }

  @Test
  void theServicesOfAFailedNodeAreUnknownAndComeBackWithIt() throws Exception {
    HttpServer web = web();
    Node barn = node("barn");
    Node attic = node("attic", barn);
    attic.discovery.announce(
        spec("garden", web.getAddress().getPort(), new Check.Http(false, "/")), false);
    eventually(
        () ->
            barn.service("attic", "garden")
                .filter(s -> s.offer().health().state() == State.OK)
                .isPresent());

    attic.discovery.close();
    attic.serf.close();
    open.remove(attic.discovery);
    open.remove(attic.serf);
    eventually(
        () ->
            barn.service("attic", "garden").orElseThrow().offer().health().state()
                == State.UNKNOWN);
    assertThat(barn.service("attic", "garden").orElseThrow().reasons())
        .anyMatch(reason -> reason.startsWith("Unknown: attic is failed"));

    Node again = node("attic", attic.keys, barn);
    eventually(
        () -> barn.service("attic", "garden").orElseThrow().offer().health().state() == State.OK);
    assertThat(again.discovery.own()).hasSize(1);
  }

  @Test
  void aRestartedNodeKnowsItsCommunityBeforeItMeetsAnybody() {
    Node attic = node("attic");
    Node barn = node("barn", attic);
    attic.discovery.announce(spec("garden", 9, new Check.Pushed()), false);
    eventually(() -> barn.service("attic", "garden").isPresent());
    barn.discovery.close();
    open.remove(barn.discovery);
    attic.discovery.close();
    open.remove(attic.discovery);

    Node alone = node("barn", barn.keys);
    Service kept = alone.service("attic", "garden").orElseThrow();
    assertThat(kept.hidden()).isTrue();
    assertThat(kept.offer().health().state()).isEqualTo(State.UNKNOWN);
    assertThat(alone.discovery.pins()).extracting(Discovery.Pin::node).contains("attic", "barn");
  }

  @Test
  void oldNodesAreReadUnverifiedAndShownWhatFits() {
    LegacyService old =
        new LegacyService(
            "syncthing", "Old_box", "old.guifi.local", "10.1.2.3", 22000, "guifi", "node_id=ABC");
    String value = LegacyTag.encode(List.of(old));
    Node attic = node("attic");
    Serf legacy = serf("old", Map.of(LegacyTag.KEY, value), attic);

    eventually(() -> attic.service("old", "legacy-syncthing-22000").isPresent());
    Service seen = attic.service("old", "legacy-syncthing-22000").orElseThrow();
    assertThat(seen.trust()).isEqualTo(Trust.UNVERIFIED);
    assertThat(seen.key()).isEmpty();
    assertThat(seen.elsewhere()).isTrue();
    assertThat(seen.offer().attributes()).containsEntry("node_id", "ABC");

    attic.discovery.announce(spec("garden", 8080, new Check.Pushed()), false);
    eventually(
        () ->
            legacy.members().stream()
                .filter(member -> member.name().equals("attic"))
                .anyMatch(member -> member.tags().containsKey(LegacyTag.KEY)));
    String told =
        legacy.members().stream()
            .filter(member -> member.name().equals("attic"))
            .findFirst()
            .orElseThrow()
            .tags()
            .get(LegacyTag.KEY);
    assertThat(decoded(told))
        .containsExactly(
            new LegacyService(
                "website",
                "Garden",
                "attic.guifi.local",
                "127.0.0.1",
                8080,
                "test",
                "language=ca"));

    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      String name = Long.toHexString(random.nextLong());
      ServiceSpec more =
          ServiceSpec.of(
              "more" + i,
              "website",
              name,
              "",
              List.of(new ServiceEndpoint("http", "", 9000 + i, "")),
              new TreeMap<>());
      attic.discovery.announce(new ServiceSpec(more.id(), more.offer(), Optional.empty()), false);
    }
    eventually(() -> !attic.discovery.unseenByLegacyNodes().isEmpty());
    attic.discovery.withdraw("garden");
    assertThat(attic.serf.localMember().tags()).containsKey("cloudy");
  }

  private static List<LegacyService> decoded(String tag) {
    try {
      return LegacyTag.decode(tag).services();
    } catch (community.cloudy.gossip.discovery.legacy.LegacyTagException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void wrongUseIsRefusedAndChangesNothing() {
    Node attic = node("attic");
    attic.discovery.announce(spec("garden", 8080, new Check.Pushed()), false);
    assertThatThrownBy(
            () -> attic.discovery.announce(spec("garden", 8081, new Check.Pushed()), false))
        .hasMessageContaining("already announces");
    assertThatThrownBy(() -> attic.discovery.withdraw("other")).hasMessageContaining("no service");
    TreeMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      attributes.put("a" + i, "x".repeat(100));
    }
    ServiceSpec large =
        ServiceSpec.of(
            "large",
            "website",
            "Large",
            "",
            List.of(new ServiceEndpoint("http", "", 80, "")),
            attributes);
    assertThatThrownBy(() -> attic.discovery.announce(large, false))
        .hasMessageContaining("over the limit of 1000");
    assertThat(attic.discovery.own()).extracting(ServiceSpec::id).containsExactly("garden");
    assertThatThrownBy(() -> attic.discovery.accept("nobody", "00"))
        .hasMessageContaining("No key with this fingerprint");
  }
}
