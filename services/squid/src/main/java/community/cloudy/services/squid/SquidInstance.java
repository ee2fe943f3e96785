package community.cloudy.services.squid;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.squid.conf.FederationList;
import community.cloudy.services.squid.conf.SquidConf;
import community.cloudy.services.squid.conf.Surroundings;
import community.cloudy.services.squid.figures.AccessLog;
import community.cloudy.services.squid.figures.Reports;
import community.cloudy.services.squid.figures.Traffic;
import community.cloudy.services.squid.login.LoginDoor;
import community.cloudy.services.squid.login.Marks;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Squid at work. */
public final class SquidInstance implements ServiceInstance<SquidSettings> {
  private static final Logger log = LoggerFactory.getLogger(SquidInstance.class);
  private static final Duration UPKEEP = Duration.ofSeconds(30);
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(3);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);
  private static final long FULL_LOG = 16 << 20;
  private static final int LAST_LINES = 60;

  private final ModuleContext context;
  private final SquidFolders folders;
  private final SquidProgram program;
  private final Workload workload;
  private final SquidFiles files;
  private final LoginDoor door;
  private final AccessLog accessLog;
  private final boolean ours;
  private volatile SquidSettings settings;
  private volatile Surroundings around;
  private volatile int port;
  private final Object learning = new Object();
  private volatile Facts facts = Facts.NONE;
  private ModuleContext.Cancellable upkeep = () -> {};
  private Surroundings tried;
  private Traffic told = Traffic.NONE;

  private SquidInstance(SquidSettings settings, ModuleContext context) {
    this.context = context;
    this.settings = settings;
    ours = context.mode() == RunMode.PROCESS;
    folders = new SquidFolders(context.folder(), user(settings));
    folders.make();
    String name = Marks.login("cloudy" + context.folder());
    program = new SquidProgram(settings.program(), name, folders.work());
    ManagedFolder managed = context.files(folders.user());
    workload = ours ? process(managed) : context.external(this::look);
    files = new SquidFiles(managed, program, workload);
    port = ours ? files.port().orElse(settings.port()) : settings.port();
    accessLog = new AccessLog(folders.work().resolve("access.log"));
    around = surroundings(settings, List.of(), folders.readFederation().map(FederationList::parse));
    tried = around;
    door = new LoginDoor(folders.door(), context.people());
    folders.openDoor();
    workload.onChange(this::changed);
  }

  static SquidInstance start(SquidSettings settings, ModuleContext context) {
    SquidInstance instance = new SquidInstance(settings, context);
    try {
      instance.begin();
      return instance;
    } catch (ServiceException e) {
      instance.stop();
      throw e;
    }
  }

  /** Squid of an agent before this one is found first: it need not be started again. */
  private void begin() {
    if (!ours) {
      workload.start();
    } else {
      if (files.isWritten()) {
        find();
      }
      try {
        apply(settings, surroundings(settings, around.parents(), around.federation()));
      } catch (ServiceException e) {
        if (!works()) {
          throw e;
        }
        log.warn("Squid runs on as before: {}", e.getMessage());
      }
    }
    upkeep = context.every(UPKEEP, this::keepUp);
  }

  private void find() {
    workload.start();
    try {
      workload.awaitReady(FOUND_WITHIN);
    } catch (ServiceException e) {
      log.info("Squid does not answer yet reason={}", e.getMessage());
    }
  }

  private Workload process(ManagedFolder managed) {
    Path file = managed.current().resolve(SquidConf.FILE);
    ProcessSpec spec =
        ProcessSpec.of("squid", program.command(file), folders.work()).stopWithin(STOPPED_WITHIN);
    return context.process(
        folders.user().map(user -> spec.as(user, List.of())).orElse(spec), this::look);
  }

  /** Squid runs as a user of little rights, if the agent has the right to choose. */
  private static Optional<String> user(SquidSettings settings) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? Optional.of(settings.user().orElse("proxy")) : Optional.empty();
  }

  private Surroundings surroundings(
      SquidSettings wanted, List<Surroundings.Parent> current, Optional<FederationList> list) {
    return new Vicinity(context, folders).now(wanted, current, list);
  }

  private Health look() throws IOException {
    Reports.Info info = new Reports(port).info();
    if (ours && !info.service().equals(program.name())) {
      return new Health(
          Health.State.FAILING, "another Squid than this node's answers on port " + port);
    }
    return new Health(
        Health.State.OK, "Squid %s answers on port %d".formatted(info.version(), port));
  }

  private boolean works() {
    return workload.state().health().state() == Health.State.OK;
  }

  /** Not under the lock of {@link #apply}, which waits for Squid. */
  private void learn(UnaryOperator<Facts> news) {
    synchronized (learning) {
      facts = news.apply(facts);
    }
  }

  /** Applies settings; Squid runs on as before if that fails. */
  private synchronized void apply(SquidSettings wanted, Surroundings with) {
    int before = port;
    tried = with;
    try {
      OptionalInt used = works() ? OptionalInt.of(port) : OptionalInt.empty();
      files.apply(wanted, with, used, () -> port = wanted.port());
      port = wanted.port();
      settings = wanted;
      around = with;
      learn(known -> known.refusing(""));
    } catch (ServiceException e) {
      port = before;
      learn(known -> known.refusing(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      context.changed();
    }
  }

  @Override
  public synchronized void reload(SquidSettings wanted) {
    boolean other =
        !wanted.program().equals(settings.program()) || !wanted.user().equals(settings.user());
    if (!ours || other) {
      throw new ServiceException(
          Code.CONFLICT,
          "Could not reload: program and user, and what runs by itself, cannot be changed while"
              + " the module runs. Disable it, change them, and enable it.");
    }
    apply(wanted, surroundings(wanted, around.parents(), around.federation()));
  }

  private void changed() {
    if (workload.state().phase() == Workload.Phase.WAITING) {
      learn(known -> known.ending(SquidProgram.reason(workload.log(LAST_LINES))));
    }
    context.changed();
  }

  /** Looks at the numbers, the log and the surroundings now and then. */
  private void keepUp() {
    if (ours) {
      followSurroundings();
    }
    countNow();
    if (!told.equals(accessLog.all())) {
      told = accessLog.all();
      context.changed();
    }
    try {
      Path file = folders.work().resolve("access.log");
      if (ours && works() && Files.exists(file) && Files.size(file) > FULL_LOG) {
        program.rotate(files.inUse());
      }
      long room = Files.getFileStore(folders.work()).getUsableSpace();
      learn(known -> known.withRoom(room));
    } catch (IOException | ServiceException e) {
      log.debug("Squid's log cannot be looked after", e);
    }
  }

  /** Reads what is new in the log and Squid's counters. */
  void countNow() {
    try {
      accessLog.read();
      SortedMap<String, Double> counters = new Reports(port).counters();
      learn(known -> known.counting(counters));
    } catch (IOException e) {
      log.debug("Squid's numbers cannot be read", e);
    }
  }

  private synchronized void followSurroundings() {
    Surroundings now = surroundings(settings, around.parents(), around.federation());
    if (!now.equals(tried) && works()) {
      try {
        apply(settings, now);
      } catch (ServiceException e) {
        log.warn("Squid runs on as before: {}", e.getMessage());
      }
    }
  }

  /** Takes a list of the federation, or forgets the one there is. */
  synchronized void federate(Optional<FederationList> list) {
    if (ours) {
      apply(settings, around.withFederation(list));
    }
    around = around.withFederation(list);
    folders.writeFederation(list.map(FederationList::text));
  }

  Optional<FederationList> federation() {
    return around.federation();
  }

  SquidSettings settings() {
    return settings;
  }

  AccessLog accessLog() {
    return accessLog;
  }

  SortedMap<String, Double> counters() {
    return facts.counters();
  }

  SquidFiles files() {
    return files;
  }

  @Override
  public Status status() {
    return new StatusOf(settings, around, workload.state(), facts, door, accessLog.all())
        .status(context.address());
  }

  @Override
  public List<String> log(int lines) {
    return workload.log(lines);
  }

  @Override
  public void stop() {
    upkeep.close();
    workload.stop();
    close();
  }

  @Override
  public void close() {
    upkeep.close();
    workload.close();
    door.close();
  }
}
