package community.cloudy.services.graphs.watch;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.settings.DeviceSettings;
import community.cloudy.services.graphs.settings.Sources;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.web.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is watched now, from all sources. {@link #inventory} and {@link #sources} never wait and
 * may be called from any thread; so may the rest, which reads and writes files.
 */
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration HOUR = Duration.ofMinutes(60);
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Path folder;
  private final InstantSource clock;
  private final Catalogue catalogue;
  private final String node;
  private final Ports ports;
  private final Neighbours neighbours;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final Object reading = new Object();
  private volatile Sources settings;
  private volatile Inventory listed = Inventory.EMPTY;
  private volatile Inventory complete = Inventory.EMPTY;
  private volatile boolean stale;
  private volatile List<SourceState> states = List.of();

  /** A document that is read now and then. */
  private static final class Reading {
    private final Record settings;
    private final Source source;
    private final Document document;
    private volatile Listed listed = Listed.NOTHING;
    private Instant next;
    private SourceState state;

    Reading(String name, Record settings, Source source, Path folder, Instant next) {
      this.settings = settings;
      this.source = source;
      document = new Document(source, folder, name);
      this.next = next;
      state = new SourceState(name, 0, 0, Optional.empty(), Optional.empty());
    }

    /** A clock that was put back must not keep it from being read for as long. */
    boolean isDue(Instant now) {
      return source.isFile() || !next.isAfter(now) || next.isAfter(now.plus(HOUR.multipliedBy(3)));
    }

    SourceState state(Optional<Instant> read, Optional<String> problem) {
      return new SourceState(
          state.name(), listed.devices().size(), listed.skipped(), read, problem);
    }
  }

  /** Reads a document. */
  private interface Reader {
    Listed read(Path document) throws IOException;
  }

  /**
   * Begins with what is kept in a folder; nothing is fetched before {@link #refresh}.
   *
   * @param node this node's name, which is not watched
   * @throws ServiceException if the folder cannot be used
   */
  public Watch(
      Sources settings, Path folder, InstantSource clock, Catalogue catalogue, String node) {
    this.settings = settings;
    this.folder = folder;
    this.clock = clock;
    this.catalogue = catalogue;
    this.node = node;
    try {
      SafeFile.createFolder(folder);
      ports = new Ports(folder.resolve("ports.json"));
      neighbours = new Neighbours(folder.resolve("community.json"));
    } catch (IOException e) {
      throw new ServiceException(
          ServiceException.Code.FAILED,
          "Could not use the folder %s: %s. Put its files right or take them away."
              .formatted(folder, e.getMessage()),
          e);
    }
    merge(List.of());
  }

  /** Goes over to other settings; documents that are new in them wait for {@link #refresh}. */
  public void reload(Sources other) {
    settings = other;
    merge(List.of());
  }

  /** Returns the devices, with the ports that were found on them last. */
  public Inventory inventory() {
    if (stale) {
      complete();
    }
    return complete;
  }

  private synchronized void complete() {
    stale = false;
    Map<String, Device> devices = new LinkedHashMap<>();
    listed.all().forEach(device -> devices.put(device.id(), ports.with(device)));
    complete = new Inventory(devices, listed.nodes());
  }

  /** Returns the devices as their sources name them: what to give to {@link #numbered}. */
  public Inventory listed() {
    return listed;
  }

  /** Returns the devices to ping: all that have an address, but those a person has left out. */
  public List<Device> pinged() {
    Set<String> without =
        settings.devices().stream()
            .filter(device -> !device.ping())
            .map(DeviceSettings::id)
            .collect(Collectors.toSet());
    return listed.all().stream()
        .filter(device -> device.address().isPresent() && !without.contains(device.id()))
        .toList();
  }

  /**
   * Takes in what was found on a device.
   *
   * @param device as {@link #listed} has it
   * @return the ports to measure; those without an index were not found
   */
  public List<Port> numbered(Device device, List<Found> interfaces) {
    List<Port> all = ports.numbered(device, interfaces);
    stale = true;
    return all;
  }

  /** Returns how each source is. */
  public List<SourceState> sources() {
    return states;
  }

  /**
   * Reads what is due: files and the catalogue each time, documents of others about each hour.
   * Blocks as long as a download takes; to be called each minute or so. A source that fails keeps
   * what it had.
   */
  public void refresh() {
    synchronized (reading) {
      Sources wanted = settings;
      List<SourceState> now = new ArrayList<>();
      int server = wanted.cnml().server();
      refresh("cnml", wanted.cnml(), wanted.cnml().source(), file -> Cnml.read(file, server))
          .ifPresent(now::add);
      refresh("csv", wanted.csv(), wanted.csv().source(), Csv::read).ifPresent(now::add);
      merge(now);
    }
    try {
      ports.keep();
    } catch (IOException e) {
      LOG.warn("event=ports_not_kept folder={} reason={}", folder, e.getMessage());
    }
  }

  /** Legacy servers ask 60 minutes and their number modulo 30 later, some seconds each apart. */
  private Duration spread() {
    int number = settings.cnml().server() > 0 ? settings.cnml().server() : node.hashCode() & 0xffff;
    return Duration.ofMinutes(number % 30).plusSeconds(number % 100);
  }

  private Optional<SourceState> refresh(
      String name, Record wanted, Optional<Source> source, Reader reader) {
    if (source.isEmpty()) {
      readings.remove(name);
      return Optional.empty();
    }
    Instant now = clock.instant();
    Reading one = readings.get(name);
    if (one == null || !one.settings.equals(wanted)) {
      one = new Reading(name, wanted, source.get(), folder, now);
      if (readKept(one, reader) && !source.get().isFile()) {
        one.next = now.plus(spread());
      }
      readings.put(name, one);
    }
    if (one.isDue(now)) {
      fetch(name, one, reader, now);
    }
    return Optional.of(one.state);
  }

  private static boolean readKept(Reading reading, Reader reader) {
    try {
      Optional<Path> kept = reading.document.kept();
      if (kept.isPresent()) {
        reading.listed = reader.read(kept.get());
        reading.state = reading.state(reading.state.read(), Optional.empty());
      }
      return kept.isPresent();
    } catch (IOException | ServiceException e) {
      return false; // It is fetched at once, and that says what is wrong.
    }
  }

  private void fetch(String name, Reading reading, Reader reader, Instant now) {
    Optional<String> problem = Optional.empty();
    try {
      if (reading.source.isFile()
          && reading.state.problem().isPresent()
          && !reading.document.isOther()) {
        return; // It was bad and is the same still.
      }
      Optional<Path> fresh = reading.document.fetch();
      if (fresh.isPresent()) {
        reading.listed = reader.read(fresh.get());
        reading.document.accept();
        LOG.info(
            "event=source_read source={} devices={} skipped={}",
            name,
            reading.listed.devices().size(),
            reading.listed.skipped());
      }
      reading.next = now.plus(HOUR).plus(spread());
    } catch (IOException | ServiceException e) {
      String why =
          e instanceof ServiceException
              ? String.valueOf(e.getMessage())
              : "Could not read %s: %s. What was read before stays; it is tried again."
                  .formatted(reading.source.text(), reason((IOException) e));
      problem = Optional.of(why);
      if (!reading.state.problem().equals(problem)) {
        LOG.warn("event=source_failed source={} reason={}", name, why);
      }
      reading.next = now.plus(AGAIN).plusSeconds(spread().toSecondsPart());
    }
    Optional<Instant> read = problem.isEmpty() ? Optional.of(now) : reading.state.read();
    reading.state = reading.state(read, problem);
  }

  /** The messages of the library are sometimes only the name of the host or file. */
  private static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : kind + ": " + e.getMessage();
  }

  private Listed read(String name) {
    return Optional.ofNullable(readings.get(name)).map(one -> one.listed).orElse(Listed.NOTHING);
  }

  private synchronized void merge(List<SourceState> documents) {
    List<SourceState> now = new ArrayList<>();
    Instant at = clock.instant();
    now.add(
        new SourceState(
            "devices", settings.devices().size(), 0, Optional.of(at), Optional.empty()));
    now.addAll(documents);
    Listed community = settings.community().enabled() ? community(now, at) : Listed.NOTHING;
    listed = new Merging(settings, ports).of(read("cnml"), read("csv"), community);
    states = List.copyOf(now);
    complete();
  }

  private Listed community(List<SourceState> states, Instant at) {
    Listed community = Listed.NOTHING;
    Optional<String> problem = Optional.empty();
    try {
      community = neighbours.list(catalogue.services(), node, at);
    } catch (IOException e) {
      problem = Optional.of("Could not keep the community's nodes: " + e.getMessage() + ".");
    }
    states.add(
        new SourceState("community", community.devices().size(), 0, Optional.of(at), problem));
    return community;
  }
}
