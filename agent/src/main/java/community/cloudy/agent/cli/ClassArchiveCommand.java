package community.cloudy.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Goes through what every start does, so that the JVM can archive the classes it needs. */
@Command(
    name = "class-archive",
    hidden = true,
    description = "Makes lib/cloudy.jsa, with which everything starts faster.")
final class ClassArchiveCommand implements Callable<Integer> {
  private final AgentRunner agent;

  ClassArchiveCommand(AgentRunner agent) {
    this.agent = agent;
  }

  @Override
  public Integer call() {
    return agent.rehearse();
  }
}
