package community.cloudy.agent.cli;

import community.cloudy.agent.config.ConfigFiles;

/** Runs agents for the command line, which itself knows nothing of them. */
public interface AgentRunner {
  /** Runs an agent until it is told to stop; returns the exit code. */
  int run(ConfigFiles files);

  /**
   * Starts an agent on its own, uses it and stops it, for the JVM to see which classes it needs.
   *
   * @param idle whether only to do what every node does that has nothing to do
   * @return the exit code
   */
  int rehearse(boolean idle);
}
