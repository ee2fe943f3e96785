package community.cloudy.services.peerstreamer;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.render.Rights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that this node's own programs carry: the streamer; for a source, what reads it; and
 * what makes HLS. Each begins once the one before it is seen to work.
 */
final class Live implements Run {
  private static final Logger log = LoggerFactory.getLogger(Live.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LAST_WAIT = Duration.ofMinutes(5);
  private static final Duration RAN_WELL = Duration.ofMinutes(1);

  /** Real streamers are not always let in at once; to ask again helps, to wait does not. */
  private static final Duration JOINS = Duration.ofSeconds(10);

  private static final Duration STOPS = Duration.ofSeconds(5);
  private static final int MAX_DOUBLINGS = 10;

  private static final String STREAMER = "peer";
  private static final String FEEDER = "feed";
  private static final String HLS = "hls";

  private final Channel channel;
  private final ModuleContext context;
  private final Path folder;
  private final Supplier<Tools> tools;
  private final Map<String, Workload> workloads = new LinkedHashMap<>();

  private Optional<Meter> meter = Optional.empty();
  private Pulse pulse;
  private State state = State.WAITING;
  private String reason = "is about to start";
  private Instant begun;
  private Instant nextTry = Instant.MIN;
  private int failures;
  private int restarts;
  private long bytesBefore;
  private volatile boolean woken;
  private volatile View view;

  /**
   * Prepares a channel; {@link #tick} begins it.
   *
   * @param folder its own
   * @param tools as the settings have them now
   */
  Live(Channel channel, ModuleContext context, Path folder, Supplier<Tools> tools) {
    this.channel = channel;
    this.context = context;
    this.folder = folder;
    this.tools = tools;
    begun = context.clock().instant();
    pulse = newPulse(begun);
    view = new View(State.STARTING, reason, 0, 0, begun, 0);
  }

  private Pulse newPulse(Instant now) {
    Duration idle = tools.get().settings().idleTimeout();
    boolean soon = channel.kind() != Channel.Kind.SOURCE && idle.compareTo(JOINS) > 0;
    return new Pulse(now, soon ? JOINS : idle, idle, channel.kbit());
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public synchronized void tick(Instant now) {
    boolean called = woken;
    woken = false;
    if (state == State.WAITING && (called || !now.isBefore(nextTry))) {
      begin(now);
    } else if (state != State.WAITING && state != State.ENDED) {
      look(now);
    }
    show();
  }

  private void begin(Instant now) {
    pulse = newPulse(now);
    begun = now;
    try {
      prepare();
      meter = Optional.of(new Meter(channel.ports().meter(), channel.ports().hls()));
      start(STREAMER, tools.get().streamer(channel), this::lookAtStreamer);
      state = State.STARTING;
    } catch (ServiceException e) {
      end(now, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end(now, "Could not prepare %s: %s".formatted(folder, e.getMessage()));
    }
  }

  private void prepare() throws IOException {
    Rights rights = new Rights(tools.get().settings().user());
    SafeFile.createFolder(folder);
    rights.owned(folder);
    Optional<Source> secret = channel.source().filter(Source::isSecret);
    if (secret.isPresent()) {
      Path script = folder.resolve(Ffmpeg.SCRIPT);
      byte[] text = Ffmpeg.script(secret.get()).getBytes(StandardCharsets.UTF_8);
      SafeFile.write(script, text, "rw-------");
      rights.owned(script);
    }
  }

  private void start(String what, List<String> command, Readiness ready) {
    ProcessSpec spec = ProcessSpec.of(what + "-" + channel.id(), command, folder).stopWithin(STOPS);
    Optional<String> user = tools.get().settings().user();
    Workload workload =
        context.process(user.map(name -> spec.as(name, List.of())).orElse(spec), ready);
    workloads.put(what, workload);
    workload.start();
  }

  private void look(Instant now) {
    pulse.saw(now, meter.map(Meter::bytes).orElse(0L));
    if (pulse.isTooMuch()) {
      end(now, tooMuch());
      state = State.ENDED;
    } else if (pulse.isDead()) {
      end(now, "It carried nothing for %d s; %s".formatted(pulse.since().toSeconds(), trouble()));
    } else {
      if (pulse.flows() && pulse.age().compareTo(RAN_WELL) >= 0) {
        failures = 0;
      }
      state = pulse.flows() ? State.FLOWING : pulse.hasCarried() ? State.SILENT : State.STARTING;
      next(now);
    }
  }

  private String tooMuch() {
    return "It carried %d kbit/s, and may carry %d. Stop it, and publish less or allow it more."
        .formatted(pulse.kbit(), channel.kbit());
  }

  /** Begins what is to follow what already works. */
  private void next(Instant now) {
    Tools current = tools.get();
    try {
      if (channel.kind() == Channel.Kind.SOURCE && !workloads.containsKey(FEEDER) && isReady()) {
        start(FEEDER, current.feeder(channel), this::lookAtFeeder);
      }
      boolean wantsHls = current.settings().hls() && current.hasFfmpeg();
      if (wantsHls && state == State.FLOWING && !workloads.containsKey(HLS)) {
        Hls hls = new Hls(folder);
        start(
            HLS,
            new Ffmpeg(current.settings().ffmpeg()).hls(channel.ports()),
            () -> hls.look(context.clock().instant()));
      }
    } catch (ServiceException e) {
      end(now, String.valueOf(e.getMessage()));
    }
  }

  private boolean isReady() {
    return Optional.ofNullable(workloads.get(STREAMER))
        .map(streamer -> streamer.state().health().state() == Health.State.OK)
        .orElse(false);
  }

  private Health lookAtStreamer() throws IOException {
    int port = channel.ports().peers();
    boolean isSource = channel.kind() == Channel.Kind.SOURCE;
    if (!UdpPorts.isOpen(port) || (isSource && !UdpPorts.isOpen(channel.ports().input()))) {
      return new Health(Health.State.FAILING, "it has not opened its UDP ports");
    }
    return new Health(Health.State.OK, "it has opened UDP port " + port);
  }

  private Health lookAtFeeder() {
    View now = view;
    return now.state() == State.FLOWING
        ? new Health(Health.State.OK, "it sends %d kbit/s".formatted(now.kbit()))
        : new Health(Health.State.FAILING, "nothing comes of the source");
  }

  /** Returns what is wrong with the programs, as far as anybody can tell. */
  private String trouble() {
    return workloads.values().stream()
        .map(workload -> workload.state().health())
        .filter(health -> health.state() != Health.State.OK)
        .map(Health::evidence)
        .findFirst()
        .orElse("its programs run");
  }

  private void end(Instant now, String why) {
    endPrograms();
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    restarts++;
    state = State.WAITING;
    reason = why;
    nextTry = now.plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT);
    log.info("Channel ended channel={} reason={} again_at={}", channel.id(), why, nextTry);
  }

  private void endPrograms() {
    List<Workload> last = new ArrayList<>(workloads.values());
    for (int i = last.size() - 1; i >= 0; i--) {
      try {
        last.get(i).stop();
      } catch (ServiceException e) {
        log.warn("A program of a channel did not end channel={}", channel.id(), e);
      }
    }
    letGo();
    try {
      new Hls(folder).clear();
    } catch (IOException e) {
      log.debug("Nothing to clear in {}", folder, e);
    }
  }

  private void letGo() {
    for (Workload workload : workloads.values()) {
      restarts += workload.state().restarts();
      workload.close();
    }
    workloads.clear();
    bytesBefore += meter.map(Meter::bytes).orElse(0L);
    meter.ifPresent(Meter::close);
    meter = Optional.empty();
  }

  private void show() {
    View before = view;
    int now = restarts + workloads.values().stream().mapToInt(w -> w.state().restarts()).sum();
    long bytes = bytesBefore + meter.map(Meter::bytes).orElse(0L);
    int kbit = state == State.FLOWING ? pulse.kbit() : 0;
    view = new View(state, evidence(kbit), kbit, bytes, begun, now);
    if (before.state() != state || !before.evidence().equals(view.evidence())) {
      context.changed();
    }
  }

  private String evidence(int kbit) {
    return switch (state) {
      case FLOWING -> kbit + " kbit/s";
      case STARTING -> "nothing has come yet; " + trouble();
      case SILENT -> "nothing for %d s; %s".formatted(pulse.since().toSeconds(), trouble());
      case WAITING, ENDED -> reason;
    };
  }

  @Override
  public synchronized void end() {
    halt();
    try {
      SafeFile.deleteTree(folder);
    } catch (IOException e) {
      log.warn("Could not delete {}", folder, e);
    }
  }

  @Override
  public synchronized void halt() {
    endPrograms();
    state = State.ENDED;
  }

  @Override
  public synchronized void close() {
    letGo();
    state = State.ENDED;
  }

  @Override
  public void wake() {
    woken = true;
  }

  /** Ends its programs, which begin again at the next look. */
  synchronized void pause() {
    endPrograms();
    state = State.WAITING;
    nextTry = Instant.MIN;
    failures = 0;
  }

  @Override
  public synchronized List<String> log(int lines) {
    List<String> all = new ArrayList<>();
    workloads.forEach(
        (what, workload) ->
            workload.log(lines).forEach(line -> all.add(what + "-" + channel.id() + ": " + line)));
    return all;
  }

  @Override
  public Hls hls() {
    Tools current = tools.get();
    if (!current.settings().hls()) {
      throw new ServiceException(
          Code.CONFLICT, "HLS is off. Turn it on: services.peerstreamer.hls");
    } else if (!current.hasFfmpeg()) {
      throw new ServiceException(
          Code.MISSING,
          "HLS needs ffmpeg, and %s is not there. Install it: apt install ffmpeg"
              .formatted(current.settings().ffmpeg()));
    }
    return new Hls(folder);
  }
}
