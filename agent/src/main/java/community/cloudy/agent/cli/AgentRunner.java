package community.cloudy.agent.cli;

import community.cloudy.agent.config.ConfigFiles;

/** Runs agents for the command line, which itself knows nothing of them. */
public interface AgentRunner {
  /** Runs an agent until it is told to stop; returns the exit code. */
  int run(ConfigFiles files);

  /** Starts an agent on its own, uses it once and stops it; returns the exit code. */
  int rehearse();
}
