package community.cloudy.agent.containers;

import community.cloudy.agent.config.AppsConfig;
import community.cloudy.agent.config.ContainersConfig;
import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.AppShelf;
import community.cloudy.containers.apps.CatalogueSource;
import community.cloudy.containers.apps.Catalogues;
import community.cloudy.containers.apps.Form;
import community.cloudy.containers.apps.Installation;
import community.cloudy.containers.apps.Reach;
import community.cloudy.containers.apps.ShippedApps;
import community.cloudy.containers.apps.WebSource;
import community.cloudy.containers.backup.Backups;
import community.cloudy.containers.backup.DiskFloor;
import community.cloudy.containers.backup.Schedules;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apps and backups of this node. May be used from any thread; what asks the engine blocks. */
public final class AppsHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AppsHost.class);
  private static final int MOST_INSTANCES = 99;
  private static final int MINUTES_OF_A_DAY = 24 * 60;

  private final AppsConfig config;
  private final Engine engine;
  private final Stacks stacks;
  private final Catalogues catalogues;
  private final AppShelf shelf;
  private final Backups backups;
  private final Schedules schedules;
  private final InstantSource clock;
  private final RandomGenerator random;
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
    this.stacks = stacks;
    this.clock = clock;
    this.random = random;
    catalogues = new Catalogues(state.resolve("catalogues"), config.trustedKeys(), clock);
    shelf = new AppShelf(ShippedApps::all, catalogues, clock);
    Path folder = config.backups().orElse(state.resolve("backups"));
    backups = new Backups(folder, engine, stacks, new DiskFloor(config.keepFree()), clock);
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

  /**
   * Installs an app as a stack, and returns its name.
   *
   * @param name the stack's; one of the app's own if there is none
   * @param values what was filled in, by field
   * @param by who does
   */
  public String install(
      String catalogue,
      AppId id,
      Optional<String> name,
      Map<String, String> values,
      String by,
      Progress progress) {
    AppShelf.Offer offer = shelf.get(catalogue, id);
    String stack = name(offer.app(), name);
    Installation made = Form.fill(offer.folder(), values, FreePorts::isFree, random);
    checkMachine(offer.app());
    stacks.create(stack, files(made), by, progress);
    return stack;
  }

  private String name(App app, Optional<String> wanted) {
    List<String> taken = stacks.list().stream().map(stack -> stack.name()).toList();
    String id = app.id().value();
    boolean isThere = taken.contains(id);
    if (isThere && !app.multiInstance()) {
      throw new StackException(
          StackException.Code.EXISTS,
          "Could not install " + id + ": it is here already, and a node has only one of it.");
    }
    if (wanted.isPresent()) {
      return wanted.get();
    }
    String name = id;
    for (int i = 2; taken.contains(name) && i <= MOST_INSTANCES; i++) {
      name = id.substring(0, Math.min(id.length(), 37)) + "-" + i;
    }
    return name;
  }

  private void checkMachine(App app) {
    String machine = architecture();
    if (!app.architectures().contains(machine)) {
      throw new StackException(
          StackException.Code.CONFLICT,
          "Could not install %s: its images are for %s, and this node is %s."
              .formatted(app.id(), String.join(", ", app.architectures()), machine));
    }
    Path root = Path.of(engine.info().root());
    new DiskFloor(config.keepFree()).check("install " + app.id(), root, app.disk());
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

  private static StackFiles files(Installation made) {
    TreeMap<String, byte[]> files = new TreeMap<>(made.files().files());
    files.put(StackFiles.ENV, utf8(made.env()));
    made.secrets()
        .forEach((file, value) -> files.put(Installation.SECRETS + "/" + file, utf8(value)));
    return new StackFiles(files);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
    new DiskFloor(config.keepFree()).check(action, Path.of(engine.info().root()), 0);
  }

  /** Makes no more backups; one that is being made is given up. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
