package community.cloudy.containers.engine;

import java.time.Duration;
import java.util.List;

/**
 * A check that the engine runs in a container.
 *
 * @param command its arguments; exit 0 means healthy
 * @param interval how often
 * @param timeout how long it may take
 * @param startPeriod for how long after the start a failure does not count
 * @param retries failures in a row until it is unhealthy
 */
public record HealthProbe(
    List<String> command, Duration interval, Duration timeout, Duration startPeriod, int retries) {
  /** Checks that there is a command and that times are sane. */
  public HealthProbe {
    command = List.copyOf(command);
    if (command.isEmpty()
        || retries < 1
        || interval.toMillis() < 1
        || timeout.toMillis() < 1
        || startPeriod.isNegative()) {
      throw Names.invalid("health check", "must have a command, times above 1 ms and retries");
    }
  }
}
