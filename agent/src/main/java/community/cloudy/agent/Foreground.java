package community.cloudy.agent;

import community.cloudy.agent.api.ApiStartException;
import community.cloudy.agent.cli.AgentRunner;
import community.cloudy.agent.community.Place;
import community.cloudy.agent.community.SerfCommunity;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigException;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.identity.StateException;
import community.cloudy.agent.log.Logging;
import community.cloudy.auth.AuthException;
import community.cloudy.gossip.discovery.DiscoveryConfig;
import community.cloudy.gossip.discovery.DiscoveryException;
import community.cloudy.gossip.serf.SerfException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent until it is told to stop: SIGTERM and SIGINT stop it, SIGHUP reads again what may
 * change while it runs.
 */
final class Foreground implements AgentRunner {
  private static final Logger log = LoggerFactory.getLogger(Foreground.class);

  private final String version;

  Foreground(String version) {
    this.version = version;
  }

  /** Returns how a node gossips for real. */
  static Agent.CommunityStarter serf(String version, AgentConfig config) {
    return (identity, state, news, left) ->
        SerfCommunity.start(
            config.gossip(),
            Place.of(config.node()),
            state.file("serf.snapshot"),
            new DiscoveryConfig(
                identity.name(),
                config.node().community(),
                config.gossip().profile(),
                identity.privateKey(),
                identity.publicKey(),
                config.discovery().trustedKeys(),
                config.discovery().mdns(),
                version,
                config.discovery().legacyTag(),
                config.discovery().hideAfter(),
                state.file("discovery")),
            news,
            left);
  }

  /** Returns 0 after a clean stop, 1 if the agent could not start. */
  @Override
  public int run(ConfigFiles files) {
    AgentConfig config = files.load();
    Logging.start(config.log());
    return run(files, config, serf(version, config));
  }

  int run(ConfigFiles files, AgentConfig config, Agent.CommunityStarter community) {
    try (Agent agent = Agent.start(version, files, config, community);
        Systemd systemd = Systemd.of(System.getenv())) {
      Signals.on("TERM", agent::stop);
      Signals.on("INT", agent::stop);
      Signals.on("HUP", () -> systemd.reload(() -> reload(files, agent)));
      systemd.ready(agent::isWell);
      agent.awaitStop();
      return 0;
    } catch (StateException
        | ApiStartException
        | AuthException
        | SerfException
        | DiscoveryException e) {
      log.error("{}", e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  @Override
  public int rehearse(boolean idle) {
    return Rehearsal.run(version, idle, config -> serf(version, config));
  }

  private static void reload(ConfigFiles files, Agent agent) {
    try {
      AgentConfig config = files.load();
      Logging.apply(config.log());
      agent.modules().applyAll(config.modules());
      log.info(
          "Reloaded level={}; what is not about modules needs a restart", config.log().level());
    } catch (ConfigException e) {
      log.error("Could not reload, going on as before: {}", e.getMessage());
    }
  }
}
