package community.cloudy.containers.stacks;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long things may take.
 *
 * @param patience until a stack that was started must be well
 * @param steady how long it must stay so
 * @param own what stacks say themselves instead of {@code patience}, by their files
 */
public record Times(
    Duration patience, Duration steady, Function<StackFiles, Optional<Duration>> own) {
  /** Two minutes, and three seconds. */
  public static final Times USUAL = new Times(Duration.ofMinutes(2), Duration.ofSeconds(3));

  /** Returns times that are the same for all stacks. */
  public Times(Duration patience, Duration steady) {
    this(patience, steady, files -> Optional.empty());
  }

  /** Returns these, but for what stacks say themselves. */
  public Times with(Function<StackFiles, Optional<Duration>> said) {
    return new Times(patience, steady, said);
  }

  Duration patience(StackFiles files) {
    return own.apply(files).orElse(patience);
  }
}
