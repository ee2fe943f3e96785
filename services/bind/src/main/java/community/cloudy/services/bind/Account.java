package community.cloudy.services.bind;

import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.ProcessSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whose rights named has.
 *
 * @param user empty for the agent's
 */
record Account(Optional<String> user) {
  /** Returns the one of the settings; the distribution's user if the agent is root. */
  static Account of(BindSettings settings) {
    String agent = System.getProperty("user.name", "");
    String fallback = agent.equals("root") ? "bind" : agent;
    String user = settings.user().orElse(fallback);
    return new Account(Optional.of(user).filter(name -> !name.equals(agent)));
  }

  /**
   * Returns how named is started.
   *
   * @param file its configuration
   * @param folder where it runs
   */
  ProcessSpec spec(Path program, Path file, Path folder) {
    List<String> command =
        List.of(program.toString(), "-g", "-n", "2", "-c", file.toString());
    ProcessSpec spec = ProcessSpec.of("named", command, folder);
    return user.map(name -> spec.as(name, List.of("net_bind_service"))).orElse(spec);
  }
}
