package community.cloudy.services.spi.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that runs by itself: it is looked at, never started or stopped. */
final class ExternalBody implements Body {
  private static final Life LIFE =
      new Life() {
        @Override
        public boolean isAlive() {
          return true;
        }

        @Override
        public String end() {
          return "";
        }

        @Override
        public void stop() {}

        @Override
        public OptionalLong pid() {
          return OptionalLong.empty();
        }

        @Override
        public void onEnd(Runnable woken) {}
      };

  @Override
  public Optional<Life> find() {
    return Optional.of(LIFE);
  }

  @Override
  public Life start() {
    return LIFE;
  }

  @Override
  public List<String> log(int lines) {
    return List.of();
  }

  @Override
  public void tidy() {}

  @Override
  public Duration stopWithin() {
    return Duration.ZERO;
  }
}
