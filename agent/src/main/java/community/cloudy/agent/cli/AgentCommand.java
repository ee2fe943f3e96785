package community.cloudy.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an agent. */
@Command(name = "agent", description = "Runs a node in the foreground until it is told to stop.")
final class AgentCommand implements Callable<Integer> {
  private final AgentRunner agent;

  @Mixin private ConfigOptions config = new ConfigOptions();

  AgentCommand(AgentRunner agent) {
    this.agent = agent;
  }

  @Override
  public Integer call() {
    return agent.run(config.files());
  }
}
