package community.cloudy.agent;

import community.cloudy.agent.cli.AgentRunner;
import community.cloudy.agent.cli.Cloudy;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.agent.log.Logging;

/** The {@code cloudy} command with a community that does nothing: to measure everything else. */
public final class IdleAgent implements AgentRunner {
  public static void main(String[] args) {
    System.exit(Cloudy.run("measured", new IdleAgent(), args));
  }

  @Override
  public int run(ConfigFiles files) {
    AgentConfig config = files.load();
    Logging.start(config.log());
    return new Foreground("measured")
        .run(
            files,
            config,
            (identity, state, news, left) -> new FakeCommunity(identity.name(), news.changes()));
  }

  @Override
  public int rehearse(boolean idle) {
    return Rehearsal.run(
        "measured",
        idle,
        config ->
            (identity, state, news, left) -> new FakeCommunity(identity.name(), news.changes()));
  }
}
