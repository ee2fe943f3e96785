package community.cloudy.services.bind;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.bind.named.ConfigFiles.Numbered;
import community.cloudy.services.bind.named.Dns;
import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Sees whether named works, by asking it.
 *
 * @param isForeign whether somebody else started it, who need not have given it our key
 */
record Named(boolean isForeign, int port, Dns dns) {
  private static final Pattern IGNORED =
      Pattern.compile("creating IPv4 interface .* failed; interface ignored");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Returns how it answers.
   *
   * @param log its last lines, which may say why it does not
   */
  Health look(List<String> log) {
    try {
      if (dns.isOurs() || isForeign) {
        return new Health(Health.State.OK, "answers on port " + port);
      }
      return failing("another server answers on port %d: end it, or set port".formatted(port));
    } catch (IOException e) {
      boolean isTaken =
          log.stream().anyMatch(l -> l.contains("could not listen") || IGNORED.matcher(l).find());
      String reason = isTaken ? "another program has it" : String.valueOf(e.getMessage());
      return failing("no answer on port %d: %s".formatted(port, reason));
    }
  }

  private static Health failing(String evidence) {
    return new Health(Health.State.FAILING, evidence);
  }

  /**
   * Waits until it answers for all zones of the community as they now are.
   *
   * @throws ServiceException if it does not in time
   */
  void await(List<Numbered> zones, InstantSource clock) {
    Instant end = clock.instant().plus(PATIENCE);
    List<Numbered> behind = behind(zones);
    while (!behind.isEmpty()) {
      if (clock.instant().isAfter(end)) {
        throw new ServiceException(
            Code.FAILED,
            "BIND does not answer for the zone %s as it is now. Its log says why."
                .formatted(behind.get(0).zone().name().toString(true)));
      }
      pause();
      behind = behind(behind);
    }
  }

  private List<Numbered> behind(List<Numbered> zones) {
    return zones.stream()
        .filter(numbered -> numbered.zone().view().includes(View.INTERNAL))
        .filter(numbered -> !isServed(numbered))
        .toList();
  }

  private boolean isServed(Numbered numbered) {
    Zone.Primary zone = numbered.zone();
    try {
      return dns.serial(zone.name()).equals(Optional.of(numbered.serial().number()));
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(Code.FAILED, "It was interrupted.", e);
    }
  }
}
