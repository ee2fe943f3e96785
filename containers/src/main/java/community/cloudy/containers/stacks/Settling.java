package community.cloudy.containers.stacks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Waits until a stack that was started is well. A service with a health check is well when that
 * says so; one without has only its running to show, so it must go on for a while.
 */
final class Settling {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final InstantSource clock;
  private final Pause pause;

  /** Lets time go by. */
  interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  Settling(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Waits.
   *
   * @param look the services as they are
   * @param atMost how long
   * @param steady how long all must be well without a break
   * @return what is not well; empty if all is
   */
  Optional<String> await(Supplier<List<ServiceState>> look, Duration atMost, Duration steady)
      throws InterruptedException {
    Instant end = clock.instant().plus(atMost);
    Optional<Instant> well = Optional.empty();
    while (true) {
      List<ServiceState> services = look.get();
      Instant now = clock.instant();
      Optional<String> bad =
          services.stream().filter(Settling::isLost).findAny().map(Settling::why);
      if (bad.isPresent()) {
        return bad;
      }
      Optional<ServiceState> unwell = services.stream().filter(s -> !isWell(s)).findAny();
      well = unwell.isPresent() ? Optional.empty() : well.or(() -> Optional.of(now));
      if (well.isPresent() && !now.isBefore(well.get().plus(steady))) {
        return Optional.empty();
      }
      if (!now.isBefore(end)) {
        String late = " after " + atMost.toSeconds() + " s";
        return Optional.of(unwell.map(Settling::why).orElse("it does not stay up") + late);
      }
      pause.await(LOOK);
    }
  }

  private static boolean isWell(ServiceState service) {
    return switch (service.state()) {
      case OK, DONE -> true;
      case STARTING, FAILING, ABSENT -> false;
    };
  }

  /** Returns whether waiting helps no more; one the engine starts again may still come up. */
  private static boolean isLost(ServiceState service) {
    return service.containers().stream()
        .anyMatch(
            container ->
                switch (container.state()) {
                  case EXITED -> service.state() == ServiceState.State.FAILING;
                  case DEAD -> true;
                  case RUNNING ->
                      container.health().state()
                          == community.cloudy.containers.engine.ContainerHealth.State.UNHEALTHY;
                  case CREATED, PAUSED, RESTARTING, REMOVING, UNKNOWN -> false;
                });
  }

  private static String why(ServiceState service) {
    String status =
        service.containers().stream()
            .map(container -> container.status().toLowerCase(java.util.Locale.ROOT))
            .findFirst()
            .orElse("absent");
    return "the service " + service.name() + " is " + status;
  }
}
