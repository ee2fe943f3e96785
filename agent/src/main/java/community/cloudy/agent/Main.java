package community.cloudy.agent;

import community.cloudy.agent.cli.Cloudy;

/** Starts the {@code cloudy} command. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cloudy.run(version(), new Foreground(version()), args));
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
