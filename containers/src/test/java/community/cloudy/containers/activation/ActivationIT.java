package community.cloudy.containers.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.engine.HealthProbe;
import community.cloudy.containers.engine.Program;
import community.cloudy.containers.engine.Protocol;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.containers.engine.RestartPolicy;
import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.DiscoveryConfig;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.Target;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfConfig;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container of one node is found on another, as it is. */
class ActivationIT {
  private static final String CONNECT =
      "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)";
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private record Node(Serf serf, Discovery discovery) {
    Optional<Service> service(String id) {
      return discovery.services().stream().filter(one -> one.id().equals(id)).findFirst();
    }
  }

  private Node node(String name, List<String> join) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Serf serf =
        Serf.start(
            SerfConfig.named(name, "127.0.0.1:0")
                .withProfile(Profile.LOCAL)
                .withTags(Discovery.initialTags())
                .withJoin(join),
            event -> {});
    open.push(serf);
    Discovery discovery =
        Discovery.start(
            new DiscoveryConfig(
                name,
                "test",
                Profile.LOCAL,
                keys.getPrivate(),
                keys.getPublic(),
                Set.of(),
                false,
                "test",
                true,
                Duration.ofHours(2),
                folder.resolve(name)),
            serf,
            InstantSource.system(),
            event -> {});
    open.push(discovery);
    return new Node(serf, discovery);
  }

  /** Discovery's own methods, as the room wants them. */
  private record DiscoveryBoard(Discovery discovery) implements Board {
    @Override
    public List<ServiceSpec> own() {
      return discovery.own();
    }

    @Override
    public void announce(ServiceSpec spec) {
      discovery.announce(spec, true);
    }

    @Override
    public void withdraw(String id) {
      discovery.withdraw(id);
    }

    @Override
    public void push(String id, Health health) {
      discovery.push(id, health);
    }
  }

  private static Activation activation(Engine engine, Node node, Dockerd dockerd) {
    return Activation.start(
        engine,
        new DiscoveryBoard(node.discovery()),
        (check, target, timeout) -> probe(check, target, dockerd));
  }

  /** The engine's ports are in a namespace of its own: so is who tries them. */
  private static Health probe(Check check, Target target, Dockerd dockerd) {
    assertThat(check).isInstanceOf(Check.Tcp.class);
    try {
      dockerd.inside("python3", "-c", CONNECT, target.host(), Integer.toString(target.port()));
      return new Health(State.OK, "connected");
    } catch (java.io.IOException e) {
      return new Health(State.FAILING, "connection refused");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health(State.UNKNOWN, "interrupted");
    }
  }

  private static ContainerRequest.Builder site(String name, int port) {
    return ContainerRequest.of(Dockerd.BUSYBOX)
        .with()
        .name(name)
        .program(Program.of("httpd", "-f", "-p", "80", "-h", "/tmp"))
        .ports(List.of(new PublishedPort("0.0.0.0", port, 80, Protocol.TCP)))
        .restart(RestartPolicy.UNLESS_STOPPED)
        .labels(Map.of("cloudy.service.type", "website", "cloudy.service.path", "/"));
  }

  private static void run(Engine engine, ContainerRequest.Builder request) {
    engine.containers().start(engine.containers().create(request.build()));
  }

  private static Engine engine(Dockerd dockerd) {
    return Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1));
  }

  private static void awaitState(Node node, String id, State state) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(node.service(id).map(one -> one.offer().health().state()))
                    .contains(state));
  }

  @Test
  void containerIsAnnouncedFollowedAndWithdrawn() throws Exception {
    Dockerd dockerd = Dockerd.start(folder.resolve(".").toRealPath(), "--live-restore");
    open.push(dockerd);
    Engine engine = engine(dockerd);
    open.push(engine);
    Node here = node("here", List.of());
    Node there = node("there", List.of("127.0.0.1:" + here.serf().localMember().endpoint().port()));
    Activation activation = activation(engine, here, dockerd);
    open.push(activation);

    run(engine, site("plain", 8001));
    run(
        engine,
        site("checked", 8002)
            .health(
                new HealthProbe(
                    List.of("test", "!", "-e", "/tmp/ill"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    1)));
    run(engine, site("wrong", 8003).labels(Map.of("cloudy.service.type", "<b>")));
    awaitState(there, "container-plain", State.OK);
    awaitState(there, "container-checked", State.OK);
    assertThat(there.service("container-plain").orElseThrow().offer().endpoints().get(0).port())
        .isEqualTo(8001);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(activation.problems()).containsOnlyKeys("wrong"));

    dockerd.docker("exec", "checked", "touch", "/tmp/ill");
    awaitState(there, "container-checked", State.FAILING);
    dockerd.docker("exec", "checked", "rm", "/tmp/ill");
    awaitState(there, "container-checked", State.OK);

    engine.containers().kill("plain", "SIGKILL");
    engine.containers().stop("plain", Duration.ZERO);
    awaitState(there, "container-plain", State.FAILING);

    activation.close();
    dockerd.docker("start", "plain");
    engine.containers().remove("checked", true, false);
    Activation restarted = activation(engine, here, dockerd);
    open.push(restarted);
    awaitState(there, "container-plain", State.OK);
    await().atMost(LONG).until(() -> there.service("container-checked").isEmpty());

    dockerd.killEngine();
    awaitState(there, "container-plain", State.UNKNOWN);
    dockerd.startEngine();
    awaitState(there, "container-plain", State.OK);

    engine.containers().remove("plain", true, false);
    await().atMost(LONG).until(() -> there.service("container-plain").isEmpty());
  }
}
