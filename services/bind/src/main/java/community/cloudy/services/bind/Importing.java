package community.cloudy.services.bind;

import community.cloudy.services.bind.guifi.Documents;
import community.cloudy.services.bind.settings.GuifiSettings;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ServiceException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes documents over, and remembers what came of it. May be used from any thread. */
final class Importing {
  private final ModuleContext context;
  private volatile Outcome outcome = new Outcome(Optional.empty(), Optional.empty());

  /**
   * What came of it.
   *
   * @param at when documents were taken over last
   * @param problem why they were not since
   */
  record Outcome(Optional<Instant> at, Optional<String> problem) {}

  Importing(ModuleContext context) {
    this.context = context;
  }

  /**
   * Reads the documents of the settings' sources and takes them over, all or none.
   *
   * @param taker makes them count, or refuses
   * @return how many zones come of them
   * @throws ServiceException with the reason if they are not taken over
   */
  int now(GuifiSettings settings, Consumer<Documents> taker) {
    if (settings.domains().isEmpty() && settings.addresses().isEmpty()) {
      return 0;
    }
    try {
      Documents fetched = Documents.fetched(settings);
      int zones = fetched.zones(settings, context.address()).size();
      taker.accept(fetched);
      outcome = new Outcome(Optional.of(context.clock().instant()), Optional.empty());
      return zones;
    } catch (ServiceException e) {
      outcome = new Outcome(outcome.at(), Optional.ofNullable(e.getMessage()));
      throw e;
    }
  }

  Outcome outcome() {
    return outcome;
  }
}
