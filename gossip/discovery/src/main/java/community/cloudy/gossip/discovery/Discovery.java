package community.cloudy.gossip.discovery;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.DiscoveryException.Code;
import community.cloudy.gossip.discovery.catalogue.Dads;
import community.cloudy.gossip.discovery.health.HealthMonitor;
import community.cloudy.gossip.discovery.health.Probe;
import community.cloudy.gossip.discovery.health.Report;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of a community, as one node announces and sees them: the public face of this module.
 *
 * <p>Methods may be called from any thread but the event loop, and block until the loop has
 * answered; those that change something also until it is on disk.
 */
public final class Discovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final long TICK = SECONDS.toNanos(5);
  private static final long SAVE_CATALOGUE = MINUTES.toNanos(10);

  private final DiscoveryConfig config;
  private final Serf serf;
  private final Scheduler scheduler;
  private final DiscoveryListener listener;
  private final Worker worker = new Worker("discovery");
  private final Files files;
  private final Neighbours neighbours;
  private final Dads dads;
  private final HealthMonitor monitor;
  private final LegacyMirror mirror;
  private Optional<LinkPresence> link = Optional.empty();
  private final SortedMap<String, ServiceSpec> specs = new ConcurrentSkipListMap<>();
  private Runnable stopListening = () -> {};
  private long savedAt;
  private long savedCount;
  private boolean closed;

  private Discovery(
      DiscoveryConfig config, Serf serf, InstantSource clock, DiscoveryListener listener) {
    this.config = config;
    this.serf = serf;
    this.listener = listener;
    scheduler = serf.scheduler();
    files = Files.open(config.folder(), clock);
    neighbours = new Neighbours(scheduler, worker);
    Signatures signatures = new Signatures(config.privateKey(), worker, scheduler);
    SecureRandom random = new SecureRandom();
    mirror = new LegacyMirror(config, serf, scheduler, worker);
    monitor = new HealthMonitor(scheduler, random, new Probe(random), this::healthChanged);
    dads =
        new Dads(
            new Dads.Parts(
                Dads.Settings.of(config.profile()),
                new Dads.Identity(
                    NodeKey.of(config.publicKey()),
                    config.node(),
                    signatures,
                    new Sequences(files.reserveSequences(), this::reserveSequences)),
                config.trustedKeys(),
                scheduler,
                random,
                signatures,
                serf::open,
                tag -> tell(Map.of(Dads.TAG, tag)),
                this::learnt));
  }

  /** Returns the tags a node begins with, so that others know at once that it speaks to them. */
  public static Map<String, String> initialTags() {
    return Map.of(Dads.TAG, "1.0.0");
  }

  /**
   * Begins to announce and discover over {@code serf}.
   *
   * @param clock the time of day, for files
   * @throws DiscoveryException if its files cannot be read or written
   */
  public static Discovery start(
      DiscoveryConfig config, Serf serf, InstantSource clock, DiscoveryListener listener) {
    Discovery discovery = new Discovery(config, serf, clock, listener);
    discovery.call(discovery::begin);
    return discovery;
  }

  private boolean begin() {
    files.pins().forEach(dads::pin);
    dads.pin(config.node(), NodeKey.of(config.publicKey()));
    dads.takePinsChanged();
    files.catalogue().forEach(dads::restore);
    stopListening = serf.listen(this::heard);
    serf.members().forEach(member -> heard(new SerfEvent.MemberUpdated(member)));
    dads.start();
    link = LinkPresence.start(config, serf, scheduler, worker);
    files.services().forEach(this::apply);
    savedAt = scheduler.nanoTime();
    scheduler.schedule(TICK, this::tick);
    return true;
  }

  private void heard(SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent change) {
      boolean reaped = event instanceof SerfEvent.MemberReaped;
      if (reaped) {
        neighbours.reaped(change.member().name());
      } else {
        neighbours.member(change.member());
      }
      dads.member(change.member(), reaped);
    }
  }

  private void learnt(DiscoveryEvent event) {
    if (event instanceof DiscoveryEvent.KeyAlarm alarm) {
      log.warn(
          "Another key signs as node={} known={} claimed={} accepted={}: see cloudy trust",
          Text.printable(alarm.node(), 128),
          alarm.pinned(),
          alarm.claimed(),
          alarm.taken());
    }
    listener.onEvent(event);
  }

  private void tell(Map<String, String> tags) {
    var unused =
        serf.updateTags(tags, Set.of())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    log.error(
                        "Could not tell the community of this node's services: {}. Set fewer"
                            + " gossip.tags.",
                        failure.getMessage());
                  }
                });
  }

  private void tick() {
    if (closed) {
      return;
    }
    scheduler.schedule(TICK, this::tick);
    if (dads.takePinsChanged()) {
      Map<String, NodeKey> pins = dads.pins();
      worker.execute(() -> files.savePins(pins));
    }
    long accepted = dads.accepted();
    if (accepted != savedCount && scheduler.nanoTime() - savedAt > SAVE_CATALOGUE) {
      savedCount = accepted;
      savedAt = scheduler.nanoTime();
      List<Dads.Stored> stored = List.copyOf(dads.stored());
      worker.execute(() -> files.saveCatalogue(stored));
    }
  }

  private void reserveSequences(long limit) {
    worker.execute(() -> saveServices(limit));
  }

  private synchronized void saveServices(long limit) {
    files.saveSequence(limit, specs.values());
  }

  /** Returns every service known, hidden ones too, in no order. */
  public List<Service> services() {
    return call(this::listing).services();
  }

  private Listing listing() {
    List<Dads.Known> known = List.copyOf(dads.known());
    Map<String, Long> ages = new HashMap<>();
    dads.own()
        .keySet()
        .forEach(id -> monitor.report(id).ifPresent(report -> ages.put(id, report.ageNanos())));
    return new Listing(
        config.node(),
        config.hideAfter(),
        scheduler.nanoTime(),
        known,
        neighbours.all(),
        config.trustedKeys(),
        ages);
  }

  /** Returns what this node announces, by id. */
  public synchronized List<ServiceSpec> own() {
    return List.copyOf(specs.values());
  }

  /** Returns the last result of checking an own service, if there is one. */
  public Optional<Report> report(String id) {
    return call(() -> monitor.report(id));
  }

  /** Returns which own services legacy nodes are not told of, for want of room in the tag. */
  public List<String> unseenByLegacyNodes() {
    return mirror.leftOut();
  }

  /**
   * Announces a service of this node for good: it is announced again after a restart.
   *
   * @param replace whether one of the same id is changed; if not, that is an error
   * @throws DiscoveryException if it cannot be; nothing has changed then
   */
  public synchronized void announce(ServiceSpec spec, boolean replace) {
    if (!replace && specs.containsKey(spec.id())) {
      throw new DiscoveryException(
          Code.EXISTS,
          "This node already announces a service with the id "
              + spec.id()
              + ". Change that one, or choose another id.");
    }
    call(
        () -> {
          dads.check(spec.id(), spec.offer());
          return true;
        });
    SortedMap<String, ServiceSpec> changed = new TreeMap<>(specs);
    changed.put(spec.id(), spec);
    files.saveServices(changed.values());
    call(
        () -> {
          apply(spec);
          return true;
        });
  }

  private void apply(ServiceSpec spec) {
    ServiceSpec before = specs.put(spec.id(), spec);
    if (spec.equals(before)) {
      return;
    }
    if (spec.plan().isEmpty()) {
      monitor.stop(spec.id());
      dads.announce(spec.id(), spec.offer());
    } else if (before != null && before.plan().equals(spec.plan()) && isSamePlace(before, spec)) {
      Health health = monitor.report(spec.id()).map(Report::health).orElse(Health.unchecked());
      dads.announce(spec.id(), spec.offer().with(health));
    } else {
      dads.announce(spec.id(), spec.offer());
      monitor.start(spec.id(), Checks.target(spec, serf), spec.plan().get());
    }
    show();
  }

  private void show() {
    Map<String, Announcement.Offer> offers = dads.own();
    mirror.show(offers);
    link.ifPresent(shown -> shown.show(offers));
  }

  private static boolean isSamePlace(ServiceSpec before, ServiceSpec after) {
    return before.offer().endpoints().get(0).equals(after.offer().endpoints().get(0));
  }

  private void healthChanged(String id, Health health) {
    ServiceSpec spec = specs.get(id);
    if (spec != null && !closed) {
      try {
        dads.announce(id, spec.offer().with(health));
      } catch (IllegalArgumentException e) {
        // The evidence made it too long; the state is what counts.
        dads.announce(id, spec.offer().with(new Health(health.state(), "")));
      }
      show();
    }
  }

  /**
   * Takes what a module or a person has found of an own service whose check is theirs.
   *
   * @throws DiscoveryException if there is no such service
   */
  public synchronized void push(String id, Health health) {
    requireOwn(id);
    call(
        () -> {
          monitor.push(id, health);
          return true;
        });
  }

  private void requireOwn(String id) {
    if (!specs.containsKey(id)) {
      throw new DiscoveryException(
          Code.UNKNOWN, "This node announces no service with the id " + id + ".");
    }
  }

  /**
   * Withdraws a service of this node.
   *
   * @throws DiscoveryException if there is none, or that cannot be written; nothing has changed
   *     then
   */
  public synchronized void withdraw(String id) {
    requireOwn(id);
    SortedMap<String, ServiceSpec> changed = new TreeMap<>(specs);
    changed.remove(id);
    files.saveServices(changed.values());
    call(
        () -> {
          specs.remove(id);
          monitor.stop(id);
          dads.withdraw(id);
          show();
          return true;
        });
  }

  /**
   * Whose key a name belongs to.
   *
   * @param node the name
   * @param key its key
   * @param trusted whether a person has listed the key
   * @param claimed another key that signs with the name, if there is one
   */
  public record Pin(String node, NodeKey key, boolean trusted, Optional<NodeKey> claimed) {}

  /** Returns whose key each known name belongs to, sorted by name. */
  public List<Pin> pins() {
    return call(
        () -> {
          Map<String, NodeKey> claims = dads.claims();
          List<Pin> pins = new ArrayList<>();
          new TreeMap<>(dads.pins())
              .forEach(
                  (node, key) ->
                      pins.add(
                          new Pin(
                              node,
                              key,
                              dads.isTrusted(key),
                              Optional.ofNullable(claims.get(node)))));
          return pins;
        });
  }

  /**
   * Gives {@code node}'s name to the key that claims it, if its fingerprint is {@code fingerprint}:
   * what a person does after a node was reinstalled.
   *
   * @throws DiscoveryException if no such key claims the name
   */
  public void accept(String node, String fingerprint) {
    call(
        () -> {
          NodeKey claimed = dads.claims().get(node);
          if (claimed == null || !claimed.fingerprint().equals(fingerprint)) {
            throw new DiscoveryException(
                Code.UNKNOWN, "No key with this fingerprint claims the name " + node + ".");
          }
          dads.pin(node, claimed);
          log.info("Accepted a new key node={} key={}", Text.printable(node, 128), claimed);
          return true;
        });
  }

  /** Returns counters and gauges, by Prometheus-style name without prefix. */
  public Map<String, Long> metrics() {
    return call(
        () -> {
          Map<String, Long> metrics = new TreeMap<>();
          dads.report(metrics);
          metrics.put("legacy_tags_bad_total", neighbours.badTags());
          return metrics;
        });
  }

  /** Returns how many refused announcements came from each address. */
  public Map<String, Long> refusedSources() {
    return call(
        () -> {
          Map<String, Long> sources = new TreeMap<>();
          dads.refusedSources()
              .forEach((address, count) -> sources.put(Listing.host(address), count));
          return sources;
        });
  }

  private <T> T call(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      scheduler.schedule(
          0,
          () -> {
            try {
              result.complete(task.get());
            } catch (RuntimeException e) {
              result.completeExceptionally(e);
            }
          });
      return result.join();
    } catch (RejectedExecutionException e) {
      throw new DiscoveryException(Code.UNKNOWN, "The node is stopping.", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof DiscoveryException known) {
        throw known;
      }
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new DiscoveryException(
            Code.INVALID, "Could not announce this: " + wrong.getMessage() + ".", wrong);
      }
      throw e;
    }
  }

  /** Stops announcing, without telling anybody, and keeps what it knows for the next start. */
  @Override
  public void close() {
    List<Dads.Stored> stored =
        call(
            () -> {
              closed = true;
              stopListening.run();
              dads.stop();
              monitor.close();
              return List.copyOf(dads.stored());
            });
    Map<String, NodeKey> pins = call(dads::pins);
    link.ifPresent(LinkPresence::close);
    worker.close();
    files.saveCatalogue(stored);
    files.savePins(pins);
  }
}
