package community.cloudy.agent.cli;

import community.cloudy.agent.config.ConfigFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (default: /etc/cloudy/cloudy.yaml, if it is there).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key, such as gossip.bind=127.0.0.1:7946. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  ConfigFiles files() {
    return new ConfigFiles(file, overrides);
  }
}
