package community.cloudy.agent.config;

import community.cloudy.containers.engine.Limits;
import community.cloudy.services.spi.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds the section {@code containers}. */
final class ContainersBinding {
  private static final String SCHEME = "unix://";
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})([kmg])");
  private static final Limits USUAL = new Limits(512L << 20, 1000, 256);

  private ContainersBinding() {}

  static ContainersConfig containers(Section containers) {
    ContainersConfig config =
        new ContainersConfig(
            containers.optionalOr(
                "engine", "unix:///var/run/docker.sock", ContainersBinding::socket),
            containers.optional("registry_credentials_file", Binding::path),
            limits(containers, containers.section("limits")),
            pruneAfter(containers.section("images")),
            AppsBinding.apps(containers));
    containers.section("policy").end();
    containers.end();
    return config;
  }

  private static Optional<Duration> pruneAfter(Section images) {
    Optional<Duration> after = images.optionalOr("prune_after", "30d", Settings::time);
    images.end();
    return after;
  }

  private static Limits limits(Section containers, Section limits) {
    long memory = limits.valueOr("memory", "512m", ContainersBinding::bytes);
    long cpus = limits.valueOr("cpus", "1", ContainersBinding::thousandths);
    long pids = limits.valueOr("pids", "256", ContainersBinding::count);
    limits.end();
    return containers.made("limits", () -> new Limits(memory, cpus, pids)).orElse(USUAL);
  }

  private static Path socket(String text) {
    if (!text.startsWith(SCHEME + "/")) {
      throw new IllegalArgumentException("must be like unix:///var/run/docker.sock");
    }
    return Binding.path(text.substring(SCHEME.length()));
  }

  static long bytes(String text) {
    Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size such as 512m or 2g");
    }
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          default -> 30;
        };
    long bytes = Long.parseLong(matcher.group(1)) << shift;
    if (bytes < Limits.MIN_MEMORY) {
      throw new IllegalArgumentException("must be 6m or more");
    }
    return bytes;
  }

  private static long thousandths(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?") || text.matches("[0.]+")) {
      throw new IllegalArgumentException("must be a number of processors such as 0.5 or 2");
    }
    return new BigDecimal(text).movePointRight(3).longValueExact();
  }

  private static long count(String text) {
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException("must be a number of processes such as 256");
    }
    return Long.parseLong(text);
  }
}
