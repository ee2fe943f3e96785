package community.cloudy.agent.containers;

import community.cloudy.agent.config.AppsConfig;
import community.cloudy.agent.config.ContainersConfig;
import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.AppShelf;
import community.cloudy.containers.apps.CatalogueSource;
import community.cloudy.containers.apps.Catalogues;
import community.cloudy.containers.apps.Reach;
import community.cloudy.containers.apps.ShippedApps;
import community.cloudy.containers.apps.WebSource;
import community.cloudy.containers.backup.Backups;
import community.cloudy.containers.backup.DiskFloor;
import community.cloudy.containers.backup.Schedules;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.stacks.Stacks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apps and backups of this node. May be used from any thread; what asks the engine blocks. */
public final class AppsHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AppsHost.class);
  private static final int MINUTES_OF_A_DAY = 24 * 60;

  private final AppsConfig config;
  private final Engine engine;
  private final Catalogues catalogues;
  private final AppShelf shelf;
  private final AppInstaller installer;
  private final Backups backups;
  private final Schedules schedules;
  private final DiskFloor floor;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor timer;

  private AppsHost(
      AppsConfig config,
      Engine engine,
      Stacks stacks,
      Path state,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.engine = engine;
    this.clock = clock;
    catalogues = new Catalogues(state.resolve("catalogues"), config.trustedKeys(), clock);
    shelf = new AppShelf(ShippedApps::all, catalogues, clock);
    floor = new DiskFloor(config.keepFree());
    installer = new AppInstaller(shelf, engine, stacks, floor, random);
    Path folder = config.backups().orElse(state.resolve("backups"));
    backups = new Backups(folder, engine, stacks, floor, clock);
    schedules =
        new Schedules(folder.resolve("schedules.json"), backups, clock, ZoneId.systemDefault());
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "upkeep");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to make the backups that are due, and to remove images that nothing needs.
   *
   * @param state the folder for catalogues, and for backups unless the configuration names another
   * @param random makes secrets, so it must not be guessable
   */
  public static AppsHost start(
      ContainersConfig config,
      Engine engine,
      Stacks stacks,
      Path state,
      InstantSource clock,
      RandomGenerator random) {
    AppsHost host = new AppsHost(config.apps(), engine, stacks, state, clock, random);
    var unused = host.timer.scheduleWithFixedDelay(host::runSchedules, 1, 1, TimeUnit.MINUTES);
    config.pruneAfter().ifPresent(age -> host.pruneDaily(new UnusedImages(engine, stacks, age)));
    return host;
  }

  private void pruneDaily(UnusedImages images) {
    // A node that runs only by day gets to it, too.
    var unused =
        timer.scheduleWithFixedDelay(images::prune, 10, MINUTES_OF_A_DAY, TimeUnit.MINUTES);
  }

  private void runSchedules() {
    try {
      schedules.run();
    } catch (RuntimeException e) {
      log.error("Could not look after the schedules of backups", e);
    }
  }

  /** Returns what can be installed. */
  public AppShelf shelf() {
    return shelf;
  }

  /** Returns the signed catalogues. */
  public Catalogues catalogues() {
    return catalogues;
  }

  /** Returns what makes stacks of apps. */
  public AppInstaller installer() {
    return installer;
  }

  /** Returns the backups. */
  public Backups backups() {
    return backups;
  }

  /** Returns when backups are made. */
  public Schedules schedules() {
    return schedules;
  }

  /**
   * Takes over the catalogue at {@code origin}.
   *
   * @param origin an address of http or https, or a folder's absolute path
   */
  public Catalogues.Installed addCatalogue(String origin) {
    CatalogueSource source =
        origin.startsWith("/")
            ? CatalogueSource.folder(Path.of(origin))
            : WebSource.at(origin, new Reach(config.allowedHosts()), clock);
    return catalogues.install(source, origin);
  }

  /** Returns this machine's architecture as Debian names it. */
  public static String architecture() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "arm" -> "armhf";
      case "x86", "i686" -> "i386";
      default -> name;
    };
  }

  /** Returns what comes before a change of a stack: its data are saved, if they are to be. */
  public Runnable beforeUpdate(String stack, boolean wanted, Progress progress) {
    return () -> {
      if (wanted && config.saveBeforeUpdate()) {
        backups.beforeUpdate(stack, progress);
      }
    };
  }

  /**
   * Refuses to fill the engine's disk where it is as good as full.
   *
   * @param action what was to be done, for the message
   */
  public void checkRoom(String action) {
    floor.check(action, Path.of(engine.info().root()), 0);
  }

  /** Makes no more backups; one that is being made is given up. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
