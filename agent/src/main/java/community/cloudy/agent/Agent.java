package community.cloudy.agent;

import community.cloudy.agent.api.ApiServer;
import community.cloudy.agent.api.Node;
import community.cloudy.agent.community.Changes;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.SerfCommunity;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.config.DropIns;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.containers.EngineEvents;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.identity.Identity;
import community.cloudy.agent.identity.MachineName;
import community.cloudy.agent.identity.StateFolder;
import community.cloudy.agent.modules.ModuleEvents;
import community.cloudy.agent.modules.ModuleHost;
import community.cloudy.agent.people.FirstAdmin;
import community.cloudy.agent.people.People;
import community.cloudy.gossip.serf.MemberStatus;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running node: started in order, stopped in reverse. */
final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final long LEAVE_SECONDS = 5;

  private final AgentConfig config;
  private final Parts parts;
  private final CountDownLatch stop;
  private final Community community;
  private final ModuleHost modules;
  private final ApiServer api;

  private Agent(
      AgentConfig config,
      Parts parts,
      CountDownLatch stop,
      Community community,
      ModuleHost modules,
      ApiServer api) {
    this.config = config;
    this.parts = parts;
    this.stop = stop;
    this.community = community;
    this.modules = modules;
    this.api = api;
  }

  /** Starts the gossip of a node. */
  @FunctionalInterface
  interface CommunityStarter {
    /** Starts it; {@code left} is called when the community is left for good by another door. */
    Community start(Identity identity, StateFolder state, SerfCommunity.News news, Runnable left);
  }

  /**
   * Starts everything; if a part cannot start, stops those that have.
   *
   * @throws RuntimeException that part's own, whose message is for people
   */
  static Agent start(
      String version, ConfigFiles files, AgentConfig config, CommunityStarter starter) {
    Parts parts = new Parts();
    try {
      return start(version, files, config, starter, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Agent start(
      String version,
      ConfigFiles files,
      AgentConfig config,
      CommunityStarter starter,
      Parts parts) {
    InstantSource clock = InstantSource.system();
    CountDownLatch stop = new CountDownLatch(1);
    parts.add(HeapTrim.start());
    StateFolder state = parts.add(StateFolder.open(config.node().data()));
    Identity identity = Identity.of(state, config.node().name(), MachineName.get());
    People people =
        parts.add(People.open(config.auth(), state.file("auth"), clock, new SecureRandom()));
    FirstAdmin.make(people, System.err, FirstAdmin.isRead(System.getenv()));
    Changes changes = new Changes();
    EventLog events = new EventLog(clock, new SecureRandom());
    Community community =
        parts.add(
            starter.start(
                identity, state, new SerfCommunity.News(changes, events, clock), stop::countDown));
    Optional<ContainerHost> containers =
        config
            .containers()
            .engine()
            .map(
                socket ->
                    parts.add(
                        ContainerHost.start(
                            config.containers(),
                            socket,
                            state.path(),
                            community,
                            clock,
                            new SecureRandom())));
    ModuleHost modules =
        parts.add(
            ModuleHost.start(
                config.modules(),
                state.path().resolve("services"),
                community,
                changes,
                people,
                config.auth().ldap(),
                containers,
                clock,
                new SecureRandom(),
                new ModuleEvents(events)));
    containers.ifPresent(host -> host.engine().listen(new EngineEvents(events)));
    Node node =
        new Node(
            version,
            config,
            identity.fingerprint(),
            community,
            changes,
            events,
            people,
            containers,
            modules,
            new DropIns(files),
            clock,
            clock.instant(),
            stop::countDown);
    ApiServer api = parts.add(ApiServer.start(node));
    log.info(
        "Started name={} version={} gossip={} encrypted={} key={}",
        identity.name(),
        version,
        community.localMember().endpoint(),
        !config.gossip().keys().isEmpty(),
        identity.fingerprint());
    return new Agent(config, parts, stop, community, modules, api);
  }

  ModuleHost modules() {
    return modules;
  }

  ApiServer api() {
    return api;
  }

  /**
   * Tells whether it works: the loop of the gossip and the API answer. Blocks, or throws, while
   * they do not.
   */
  boolean isWell() throws IOException {
    community.localMember();
    return api.answers();
  }

  /** Asks for a stop; returns at once. */
  void stop() {
    stop.countDown();
  }

  /** Waits until a stop is asked for. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /** Leaves the community, where the configuration wants that, and stops every part. */
  @Override
  public void close() {
    if (config.gossip().leaveOnStop() && community.localMember().status() == MemberStatus.ALIVE) {
      leave();
    }
    parts.close();
    log.info("Stopped");
  }

  private void leave() {
    try {
      community.leaveForNow().get(LEAVE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn(
          "Stopping without having told the community reason={}", String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
