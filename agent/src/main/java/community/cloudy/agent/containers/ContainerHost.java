package community.cloudy.agent.containers;

import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.Services;
import community.cloudy.agent.config.ContainersConfig;
import community.cloudy.containers.Adopted;
import community.cloudy.containers.Containers;
import community.cloudy.containers.activation.Activation;
import community.cloudy.containers.activation.Board;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.containers.stacks.Compose;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.containers.stacks.Times;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** What runs containers on this node. May be used from any thread; what asks the engine blocks. */
public final class ContainerHost implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int STREAMS = 64;

  private final Engine engine;
  private final Policy policy;
  private final Containers containers;
  private final Adopted adopted;
  private final Stacks stacks;
  private final StackKeeper keeper;
  private final AppsHost apps;
  private final Activation activation;

  private ContainerHost(
      Engine engine,
      Policy policy,
      Containers containers,
      Adopted adopted,
      Stacks stacks,
      AppsHost apps,
      Activation activation) {
    this.engine = engine;
    this.policy = policy;
    this.containers = containers;
    this.adopted = adopted;
    this.stacks = stacks;
    this.apps = apps;
    this.activation = activation;
    keeper =
        new StackKeeper(engine, List.of(apps.backups()::sweep, stacks::restore, adopted::restore));
  }

  /**
   * Begins to look after containers, whether or not there is an engine now.
   *
   * @param socket the engine's
   * @param state the folder for stacks, catalogues and backups
   * @param community where services in containers are announced
   */
  public static ContainerHost start(
      ContainersConfig config,
      Path socket,
      Path state,
      Community community,
      InstantSource clock,
      RandomGenerator random) {
    Engine engine =
        Engine.at(
            new EngineConfig(socket, config.registryCredentialsFile(), TIMEOUT, STREAMS),
            clock,
            random);
    Policy policy =
        new Policy(Settings.of(config.limits(), community.address().getHostAddress(), socket));
    Path home = Path.of(System.getProperty("user.home", "/"));
    Stacks stacks =
        new Stacks(
            state.resolve("stacks"),
            engine,
            policy,
            Compose.finder(socket, home),
            clock,
            Times.USUAL.with(files -> App.among(files.content()).map(App::healthyWithin)));
    Containers containers = new Containers(engine, policy);
    Adopted adopted =
        new Adopted(state.resolve("adopted.json"), engine, containers, stacks::granted, clock);
    AppsHost apps = AppsHost.start(config, engine, stacks, state, clock, random);
    Activation activation =
        Activation.start(engine, board(community.services()), new Probe(random));
    return new ContainerHost(engine, policy, containers, adopted, stacks, apps, activation);
  }

  private static Board board(Services services) {
    return new Board() {
      @Override
      public List<ServiceSpec> own() {
        return services.own();
      }

      @Override
      public void announce(ServiceSpec spec) {
        services.announce(spec, true);
      }

      @Override
      public void withdraw(String id) {
        services.withdraw(id);
      }

      @Override
      public void push(String id, Health health) {
        services.push(id, health);
      }
    };
  }

  /** Returns the engine. */
  public Engine engine() {
    return engine;
  }

  /** Returns what may run here. */
  public Policy policy() {
    return policy;
  }

  /** Returns the door to single containers under that policy. */
  public Containers containers() {
    return containers;
  }

  /** Returns those of others that this node took over. */
  public Adopted adopted() {
    return adopted;
  }

  /** Returns the Compose projects. */
  public Stacks stacks() {
    return stacks;
  }

  /** Returns apps and backups. */
  public AppsHost apps() {
    return apps;
  }

  /** Returns why containers that should be are not announced, by their name. */
  public SortedMap<String, String> notAnnounced() {
    return activation.problems();
  }

  /** Ends all streams and stops looking; containers run on. */
  @Override
  public void close() {
    apps.close();
    keeper.close();
    activation.close();
    engine.close();
  }
}
