package community.cloudy.services.bind;

import community.cloudy.services.bind.live.CommunityNames;
import community.cloudy.services.bind.live.LiveZone;
import community.cloudy.services.bind.named.Dns;
import community.cloudy.services.bind.named.Keys;
import community.cloudy.services.spi.ModuleContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Update;

/** Keeps the zone of the catalogue as the community is. May be used from any thread. */
final class CatalogueSync implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CatalogueSync.class);
  private static final int REFRESH = 60;

  private final ModuleContext context;
  private final CommunityNames names;
  private final LiveZone zone;
  private final ModuleContext.Cancellable listening;
  private final AtomicBoolean dirty = new AtomicBoolean(true);
  private int ticks;
  private volatile Seen seen = new Seen(0, 0, Optional.empty());

  /**
   * What has come of it so far.
   *
   * @param records in the zone
   * @param changes made since the start
   * @param problem why the zone is behind
   */
  record Seen(int records, long changes, Optional<String> problem) {}

  CatalogueSync(ModuleContext context, Name name, Duration ttl, Dns dns, Keys keys) {
    this.context = context;
    names = new CommunityNames(name, ttl);
    zone =
        new LiveZone(
            name,
            new LiveZone.Server() {
              @Override
              public List<Record> records() throws IOException {
                return dns.transfer(name, keys.transfer());
              }

              @Override
              public void update(Update update) throws IOException {
                dns.update(update);
              }
            });
    listening = context.catalogue().onChange(() -> dirty.set(true));
  }

  /** Brings the zone up to date if anything may have changed; called every second. */
  synchronized void tick() {
    // Who is nearest changes without a word from the catalogue.
    ticks++;
    if (!dirty.getAndSet(false) && ticks % REFRESH != 0) {
      return;
    }
    try {
      Set<Record> wanted =
          names.of(
              context.node(),
              context.address(),
              context.catalogue().services(),
              context.catalogue()::distance);
      int changed = zone.become(wanted);
      see(new Seen(wanted.size(), seen.changes() + changed, Optional.empty()));
    } catch (IOException e) {
      dirty.set(true);
      see(new Seen(seen.records(), seen.changes(), Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  private void see(Seen now) {
    Seen before = seen;
    seen = now;
    if (!now.problem().equals(before.problem())) {
      now.problem()
          .ifPresentOrElse(
              problem -> log.warn("Names of the catalogue are behind: {}", problem),
              () -> log.info("Names of the catalogue are up to date records={}", now.records()));
    }
    if (!now.equals(before)) {
      context.changed();
    }
  }

  /** Reads anew what the zone holds: named has been started again. */
  synchronized void doubt() {
    zone.doubt();
    dirty.set(true);
  }

  Seen seen() {
    return seen;
  }

  @Override
  public void close() {
    listening.close();
  }
}
