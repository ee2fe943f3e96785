package community.cloudy.agent.cli;

import community.cloudy.agent.text.Printable;

/** A command that ends with a message and an exit code other than 0. */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  CliException(int exitCode, String message) {
    super(Printable.of(message));
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
