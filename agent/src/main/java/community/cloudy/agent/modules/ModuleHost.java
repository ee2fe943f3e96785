package community.cloudy.agent.modules;

import community.cloudy.agent.community.Changes;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.config.ModulesConfig;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.modules.HostContext.Shared;
import community.cloudy.agent.people.People;
import community.cloudy.auth.LdapConfig;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.render.ManagedFolder;
import community.cloudy.services.spi.workload.Times;
import community.cloudy.services.spi.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules of this node. May be used from any thread; what changes one blocks. */
public final class ModuleHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModuleHost.class);
  private static final int THREADS = 2;
  private static final int TICK_SECONDS = 5;
  private static final int REST_SECONDS = 5;

  private final ModulesConfig config;
  private final Path folder;
  private final SortedMap<String, HostedModule<?, ?>> modules = new TreeMap<>();
  private final ScheduledThreadPoolExecutor timer;
  private final Announcer announcer;
  private final ModuleEvents events;
  private final Rests rests;
  private final Map<String, Instant> toldOf = new HashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private boolean begun;
  private volatile Map<String, String> notAnnounced = Map.of();

  private ModuleHost(ModulesConfig config, Path folder, Community community, ModuleEvents events) {
    this.config = config;
    this.folder = folder;
    this.events = events;
    announcer = new Announcer(community.services(), folder.resolve("announced"));
    timer =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "modules");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    // A module may say that it has changed while it is let go of.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    timer.setKeepAliveTime(TICK_SECONDS * 2L, TimeUnit.SECONDS);
    rests =
        new Rests(
            task -> {
              var unused = timer.schedule(task, REST_SECONDS, TimeUnit.SECONDS);
            },
            events::changed);
  }

  /**
   * Begins to do what the configuration wants, on threads of its own.
   *
   * @param folder for what modules keep, made if it is not there
   * @param events where it is told what becomes of them
   */
  public static ModuleHost start(
      ModulesConfig config,
      Path folder,
      Community community,
      Changes changes,
      People people,
      Optional<LdapConfig> ldap,
      Optional<ContainerHost> containers,
      InstantSource clock,
      RandomGenerator random,
      ModuleEvents events) {
    try {
      passable(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ModuleHost host = new ModuleHost(config, folder, community, events);
    Shared shared =
        new Shared(
            community.localMember().name(),
            community.address(),
            new HostCatalogue(community, changes, host.timer),
            new HostPeople(people, ldap),
            containers,
            host.timer,
            clock,
            random,
            host::changed);
    config
        .plugins()
        .modules()
        .forEach((id, module) -> host.modules.put(id, host.hosted(module, shared)));
    config
        .plugins()
        .refused()
        .forEach((jar, why) -> log.error("Plug-in not taken file={} reason={}", jar, why));
    // One that is off only notes how it is set: what turns it on later must not forget that.
    config
        .settings()
        .forEach(
            (id, wanted) -> {
              if (!wanted.enabled()) {
                host.one(id).apply(Optional.of(wanted));
              }
            });
    if (host.isNeeded()) {
      host.begin();
    }
    return host;
  }

  private <C extends Record, I extends ServiceInstance<C>> HostedModule<C, I> hosted(
      ServiceModule<C, I> module, Shared shared) {
    String id = module.descriptor().id();
    Path own = folder.resolve(id);
    Workloads workloads = new Workloads(id, own.resolve("run"), Times.USUAL, shared.clock());
    return new HostedModule<>(
        module,
        wanted -> {
          try {
            passable(own);
          } catch (IOException e) {
            throw new ServiceException(Code.FAILED, "Could not make " + own + ": " + e, e);
          }
          return new HostContext(shared, id, own, wanted.run(), workloads);
        },
        shared.clock());
  }

  /**
   * Makes a folder through which others may pass, but in which they cannot look: the users that
   * services run as need what lies below.
   */
  private static void passable(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private boolean isNeeded() {
    return config.settings().values().stream().anyMatch(ModuleConfig::enabled)
        || !announcer.isEmpty();
  }

  /** Nobody waits for modules: the node's API answers meanwhile. */
  private synchronized void begin() {
    if (!begun) {
      begun = true;
      config
          .settings()
          .forEach(
              (id, wanted) -> {
                if (wanted.enabled()) {
                  timer.execute(() -> applied(id, wanted));
                }
              });
      var unused = timer.scheduleWithFixedDelay(this::tick, 1, TICK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void applied(String id, ModuleConfig wanted) {
    try {
      one(id).apply(Optional.of(wanted));
      lookSoon();
    } catch (RuntimeException e) {
      log.error("Module not started module={}", id, e);
    }
  }

  private void tick() {
    try {
      modules.values().forEach(HostedModule::tick);
      look();
    } catch (RuntimeException e) {
      log.error("Could not look after modules", e);
    }
  }

  private void changed(String id) {
    rests.changed(id);
    lookSoon();
  }

  private void lookSoon() {
    if (looking.compareAndSet(false, true)) {
      timer.execute(
          () -> {
            looking.set(false);
            look();
          });
    }
  }

  private synchronized void look() {
    List<ModuleState> states = states();
    notAnnounced = announcer.update(states);
    for (ModuleState state : states) {
      Instant before = toldOf.put(state.descriptor().id(), state.since());
      boolean isNews =
          before == null
              ? state.phase() != ModuleState.Phase.DISABLED
              : !before.equals(state.since());
      if (isNews) {
        events.became(state);
      }
    }
  }

  private HostedModule<?, ?> one(String id) {
    return Optional.<HostedModule<?, ?>>ofNullable(modules.get(id))
        .orElseThrow(
            () ->
                new ServiceException(
                    Code.NOT_FOUND,
                    "There is no module %s. There are: %s."
                        .formatted(id, String.join(", ", modules.keySet()))));
  }

  /** Returns how all are, by id. */
  public List<ModuleState> states() {
    return modules.values().stream().map(HostedModule::state).toList();
  }

  /**
   * Returns how one is.
   *
   * @throws ServiceException if there is none of that id, here and below
   */
  public ModuleState state(String id) {
    return one(id).state();
  }

  /** Returns the module itself. */
  public ServiceModule<?, ?> module(String id) {
    return one(id).module();
  }

  /** Returns all modules there are. */
  public Collection<ServiceModule<?, ?>> all() {
    return config.plugins().modules().values();
  }

  /** Returns why jars of the plug-in folder were not taken, by file name. */
  public Map<String, String> refusedPlugins() {
    return config.plugins().refused();
  }

  /** Returns why services of modules are not announced, by id. */
  public Map<String, String> notAnnounced() {
    return notAnnounced;
  }

  /**
   * Makes a module do what is wanted now.
   *
   * @param wanted empty if the configuration does not name it
   * @throws ServiceException if it refuses, and goes on as before
   */
  public void apply(String id, Optional<ModuleConfig> wanted) {
    begin();
    one(id).apply(wanted);
    lookSoon();
  }

  /**
   * Makes all modules do what is wanted now.
   *
   * @return why some go on as before, by id
   */
  public SortedMap<String, String> applyAll(ModulesConfig wanted) {
    begin();
    SortedMap<String, String> refusals = new TreeMap<>();
    modules.forEach(
        (id, module) -> {
          try {
            module.apply(Optional.ofNullable(wanted.settings().get(id)));
          } catch (ServiceException e) {
            refusals.put(id, String.valueOf(e.getMessage()));
            log.error("Module goes on as before module={} reason={}", id, e.getMessage());
          }
        });
    lookSoon();
    return refusals;
  }

  /** Starts one that is enabled. */
  public void start(String id) {
    one(id).start();
    lookSoon();
  }

  /** Stops one until it is started, or the agent is. */
  public void stop(String id) {
    one(id).stop();
    lookSoon();
  }

  /** Stops and starts one. */
  public void restart(String id) {
    one(id).restart();
    lookSoon();
  }

  /** Returns the last lines its service has logged. */
  public List<String> log(String id, int lines) {
    return one(id).log(lines);
  }

  /** Returns the files it has written; empty if it has written none. */
  public Optional<ManagedFolder> files(String id) {
    Path files = files(folder.resolve(one(id).id()));
    return Files.isDirectory(files) ? Optional.of(ManagedFolder.of(files)) : Optional.empty();
  }

  static Path files(Path module) {
    return module.resolve("config");
  }

  /** Answers a call to one of a module's resources. */
  public Resource.Answer call(String id, Resource<?> resource, Resource.Call call) {
    Resource.Answer answer = answer(one(id), resource, call);
    if (!resource.action().isEmpty()) {
      rests.changed(id);
    }
    return answer;
  }

  @SuppressWarnings("unchecked") // A module's resources are answered by its own instances.
  private static <I extends ServiceInstance<?>> Resource.Answer answer(
      HostedModule<?, ?> module, Resource<?> resource, Resource.Call call) {
    return ((Resource<I>) resource).endpoint().answer((I) module.atWork(), call);
  }

  /** Lets go of all; what they run goes on. */
  @Override
  public void close() {
    timer.shutdownNow();
    for (HostedModule<?, ?> module : modules.values()) {
      try {
        module.close();
      } catch (RuntimeException e) {
        log.warn("Module did not close cleanly module={}", module.id(), e);
      }
    }
  }
}
