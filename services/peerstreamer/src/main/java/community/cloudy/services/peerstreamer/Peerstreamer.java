package community.cloudy.services.peerstreamer;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Live video at work. What changes channels does it under this object's lock. */
final class Peerstreamer implements ServiceInstance<PeerstreamerSettings> {
  private static final Duration LOOKS = Duration.ofSeconds(1);

  private final ModuleContext context;
  private final ChannelFile file;
  private final Listing listing;
  private final SortedMap<String, Held> held = new ConcurrentSkipListMap<>();
  private final ModuleContext.Cancellable listening;
  private final ModuleContext.Cancellable looking;
  private final AtomicReference<Set<String>> offered = new AtomicReference<>(Set.of());
  private volatile PeerstreamerSettings settings;
  private volatile NgDaemon daemon;
  private volatile Optional<Workload> external = Optional.empty();

  /** A channel and what is done for it. */
  record Held(Channel channel, Run run) {}

  Peerstreamer(PeerstreamerSettings settings, ModuleContext context) {
    this.context = context;
    this.settings = settings;
    file = new ChannelFile(context.folder().resolve("channels.json"));
    listing = new Listing(context.catalogue());
    daemon = new NgDaemon(settings.address());
    try {
      SafeFile.createFolder(media());
      // The user that programs run as must get at the films, by name.
      Files.setPosixFilePermissions(media(), PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new ServiceException(Code.FAILED, "Could not make %s: %s".formatted(media(), e), e);
    }
    file.read().stream().filter(this::fits).forEach(this::hold);
    if (!isOwn()) {
      external = Optional.of(context.external(this::lookAtDaemon));
      external.get().start();
    }
    listening = context.catalogue().onChange(this::heard);
    looking = context.every(LOOKS, this::look);
  }

  /** Sources wait in the file until the streamer runs here again. */
  private boolean fits(Channel channel) {
    return isOwn() || channel.kind() == Kind.VIEWER;
  }

  private void hold(Channel channel) {
    held.put(channel.id(), new Held(channel, run(channel)));
  }

  private Run run(Channel channel) {
    return isOwn()
        ? new Live(channel, context, folder(channel.id()), this::tools)
        : new Attached(channel, daemon, context::changed, context.clock().instant());
  }

  private Path media() {
    return context.folder().resolve("media");
  }

  private Path folder(String channel) {
    return context.folder().resolve("channels").resolve(channel);
  }

  boolean isOwn() {
    return context.mode() == RunMode.PROCESS;
  }

  private Tools tools() {
    return new Tools(settings, context.address(), media());
  }

  private Health lookAtDaemon() throws IOException {
    try {
      return new Health(
          Health.State.OK, "PeerStreamer-ng lists %d channels".formatted(daemon.channels().size()));
    } catch (ServiceException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void look() {
    Instant now = context.clock().instant();
    held.values().forEach(one -> one.run().tick(now));
  }

  /** What is announced anew is tried at once. */
  private void heard() {
    Set<String> now = listing.places();
    Set<String> before = offered.getAndSet(now);
    for (Held one : held.values()) {
      Optional<String> place = one.channel().peer().map(Peer::place);
      if (place.isPresent() && now.contains(place.get()) && !before.contains(place.get())) {
        one.run().wake();
      }
    }
  }

  Listing listing() {
    return listing;
  }

  ModuleContext context() {
    return context;
  }

  /** Returns the channels of this node, by id. */
  List<Held> channels() {
    return List.copyOf(held.values());
  }

  Held channel(String id) {
    return Optional.ofNullable(held.get(id))
        .orElseThrow(
            () ->
                new ServiceException(
                    Code.NOT_FOUND, "There is no channel of that name. Look with: cloudy video"));
  }

  /** Returns what is missing and how to get it. */
  Optional<String> missing() {
    return isOwn() ? tools().missing() : Optional.empty();
  }

  /**
   * Begins to send what a source gives.
   *
   * @param kbit the most it may carry; empty for the most that any may
   */
  synchronized Held publish(String id, String source, String title, Optional<Integer> kbit) {
    if (!isOwn()) {
      throw new ServiceException(
          Code.CONFLICT,
          "PeerStreamer-ng takes sources on its own page only. Publish with run: process.");
    }
    tools().demand();
    Source wanted = made("The source ", () -> new Source(source));
    return add(id, Kind.SOURCE, title, Optional.of(wanted), Optional.empty(), kbit);
  }

  /** Begins to watch what another node sends. */
  synchronized Held join(String id, Kind kind, String title, Peer peer, Optional<Integer> kbit) {
    if (kind == Kind.RELAY && !isOwn()) {
      throw new ServiceException(
          Code.CONFLICT, "PeerStreamer-ng relays by itself. Join, or relay with run: process.");
    }
    if (isOwn()) {
      tools().demand();
    }
    for (Held other : held.values()) {
      if (other.channel().peer().map(Peer::place).equals(Optional.of(peer.place()))) {
        throw new ServiceException(
            Code.CONFLICT, "The channel %s is that one already.".formatted(other.channel().id()));
      }
    }
    return add(id, kind, title, Optional.empty(), Optional.of(peer), kbit);
  }

  private Held add(
      String id,
      Kind kind,
      String title,
      Optional<Source> source,
      Optional<Peer> peer,
      Optional<Integer> wantedKbit) {
    int kbit = wantedKbit.orElse(settings.maxChannelKbit());
    List<Channel> all = new ArrayList<>(file.read());
    Admission admission = new Admission(settings, all);
    admission.check(id, kbit);
    Ports ports = isOwn() ? admission.ports(context.random()) : new Ports(0, 0, 0, 0);
    Channel channel = made("The ", () -> new Channel(id, kind, title, source, peer, kbit, ports));
    if (kind == Kind.SOURCE) {
      tools().feeder(channel);
    }
    all.add(channel);
    file.write(all);
    hold(channel);
    context.changed();
    return channel(id);
  }

  private static <T> T made(String what, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new ServiceException(Code.INVALID, what + e.getMessage() + ".", e);
    }
  }

  /** Ends a channel and forgets it. */
  synchronized void stop(String id) {
    Held ended = channel(id);
    file.write(file.read().stream().filter(channel -> !channel.id().equals(id)).toList());
    held.remove(id);
    ended.run().end();
    context.changed();
  }

  /** Limits count for what is asked from now on; other programs need the channels begun anew. */
  @Override
  public synchronized void reload(PeerstreamerSettings wanted) {
    PeerstreamerSettings before = settings;
    boolean same = wanted.runsAs(before);
    if (!same && isOwn()) {
      new Tools(wanted, context.address(), media()).demand();
    }
    settings = wanted;
    if (same) {
      return;
    }
    daemon = new NgDaemon(wanted.address());
    for (Held one : channels()) {
      if (one.run() instanceof Live live) {
        live.pause();
      } else {
        one.run().end();
        hold(one.channel());
      }
    }
  }

  @Override
  public Status status() {
    List<Held> all = channels();
    List<ServiceSpec> services =
        all.stream()
            .filter(one -> one.channel().isAnnounced() && one.run().view().isAlive())
            .map(one -> Listing.spec(one.channel()))
            .toList();
    List<ServiceEndpoint> endpoints =
        all.stream()
            .filter(one -> one.run().view().isAlive() && isOwn())
            .map(one -> new ServiceEndpoint("udp", "", one.channel().ports().peers(), ""))
            .toList();
    TreeMap<String, String> facts = new TreeMap<>();
    missing().ifPresent(what -> facts.put("missing", what));
    if (isOwn() && settings.hls() && !tools().hasFfmpeg()) {
      facts.put("hls", settings.ffmpeg() + " is not there. Install it: apt install ffmpeg");
    }
    for (Held one : all) {
      facts.put("channel_" + one.channel().id(), one.run().view().evidence());
    }
    return new Status(health(all), endpoints, services, facts, metrics(all));
  }

  private static SortedMap<String, Double> metrics(List<Held> all) {
    List<Run.View> views = all.stream().map(one -> one.run().view()).toList();
    long flowing = views.stream().filter(view -> view.state() == Run.State.FLOWING).count();
    return new TreeMap<>(
        Map.of(
            "channels", (double) views.size(),
            "channels_flowing", (double) flowing,
            "kbit_per_second", (double) views.stream().mapToInt(Run.View::kbit).sum(),
            "bytes_total", (double) views.stream().mapToLong(Run.View::bytes).sum(),
            "restarts_total", (double) views.stream().mapToInt(Run.View::restarts).sum()));
  }

  private Health health(List<Held> all) {
    if (external.isPresent()) {
      return external.get().state().health();
    }
    if (missing().isPresent()) {
      return new Health(Health.State.FAILING, "missing: " + settings.program());
    }
    List<Run.View> views = all.stream().map(one -> one.run().view()).toList();
    long flowing = views.stream().filter(view -> view.state() == Run.State.FLOWING).count();
    if (views.isEmpty()) {
      return new Health(Health.State.UNKNOWN, "nobody has published or joined a channel");
    } else if (flowing > 0) {
      int kbit = views.stream().mapToInt(Run.View::kbit).sum();
      return new Health(
          Health.State.OK,
          "%d of %d channels carry %d kbit/s".formatted(flowing, views.size(), kbit));
    }
    boolean starting = views.stream().anyMatch(view -> view.state() == Run.State.STARTING);
    return new Health(
        starting ? Health.State.UNKNOWN : Health.State.FAILING,
        "no channel carries anything: " + views.get(0).evidence());
  }

  @Override
  public List<String> log(int lines) {
    List<String> all = new ArrayList<>();
    held.values().forEach(one -> all.addAll(one.run().log(lines)));
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  @Override
  public synchronized void stop() {
    listening.close();
    looking.close();
    held.values().forEach(one -> one.run().halt());
    end();
  }

  @Override
  public synchronized void close() {
    listening.close();
    looking.close();
    end();
  }

  private void end() {
    held.values().forEach(one -> one.run().close());
    external.ifPresent(Workload::close);
  }

  NgDaemon daemon() {
    return daemon;
  }
}
