package community.cloudy.containers.backup;

import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.Volume;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of this node: the public face of this room. Methods may be called from any thread;
 * those that make or restore one block for as long as the data take, one at a time a stack.
 */
public final class Backups {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String BEFORE_UPDATE = "before update";

  private final Path folder;
  private final Engine engine;
  private final Stacks stacks;
  private final DiskFloor floor;
  private final InstantSource clock;
  private final Instant since;

  /** Keeps backups in {@code folder}, which is made when it is needed. */
  public Backups(Path folder, Engine engine, Stacks stacks, DiskFloor floor, InstantSource clock) {
    this.folder = folder;
    this.engine = engine;
    this.stacks = stacks;
    this.floor = floor;
    this.clock = clock;
    // As exact as the engine is.
    since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns all backups, the newest first. Reads their names alone. */
  public List<SavedStack> list() {
    List<SavedStack> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.zip")) {
        for (Path file : files) {
          SavedStack.of(file).ifPresent(found::add);
        }
      } catch (IOException e) {
        throw failed("list the backups", e);
      }
    }
    found.sort(Comparator.comparing(SavedStack::made).thenComparing(SavedStack::id).reversed());
    return found;
  }

  /**
   * Returns what a backup holds, by its manifest; whether it is sound only restoring it tells.
   *
   * @throws BackupException if there is no such backup or it has no manifest
   */
  public Manifest manifest(String id) {
    try (Archive archive = Archive.open(path(id))) {
      return archive.manifest();
    }
  }

  /** Deletes a backup. */
  public void delete(String id) {
    try {
      Files.delete(path(id));
      LOG.info("backup deleted id={}", id);
    } catch (IOException e) {
      throw failed("delete the backup " + id, e);
    }
  }

  /**
   * Saves a stack. It stands still meanwhile, or does what its app says instead.
   *
   * @param reason why, in a word or two of lower-case letters
   * @throws BackupException if it cannot be; then there is no new archive, and the stack goes on
   */
  public SavedStack create(String stack, String reason, Progress progress) {
    return stacks.alone(stack, () -> save(stack, reason, stacks.files(stack), true, progress));
  }

  /**
   * Saves a stack that is about to be changed, with the files its containers were made of; of such
   * backups the newest three are kept. What was stopped for it stays so, for the change to start. A
   * stack without volumes, or of which nothing was applied yet, is not saved.
   *
   * @throws BackupException if it cannot be saved; then the stack goes on
   */
  public void beforeUpdate(String stack, Progress progress) {
    StackFiles files = stacks.appliedFiles(stack);
    if (stacks.get(stack).applied() == 0 || volumes(stack, app(files)).isEmpty()) {
      return;
    }
    try {
      stacks.alone(stack, () -> save(stack, BEFORE_UPDATE, files, false, progress));
    } catch (BackupException | StackException | EngineException e) {
      BackupException.Code code =
          e instanceof BackupException refused ? refused.code() : BackupException.Code.FAILED;
      throw new BackupException(
          code,
          "Did not change %s, since it could not be saved before: %s Change it without a backup?"
              .formatted(stack, e.getMessage()),
          e);
    }
    thin(
        stack,
        BEFORE_UPDATE,
        made -> Set.copyOf(made.stream().sorted().limit(Math.max(0, made.size() - 3)).toList()));
  }

  /** Removes those backups of a stack that were made for {@code reason} and may go. */
  void thin(String stack, String reason, Function<Collection<Instant>, Set<Instant>> superfluous) {
    Map<Instant, String> made = new TreeMap<>();
    for (SavedStack saved : list()) {
      if (saved.stack().equals(stack) && isMadeFor(reason, saved)) {
        made.put(saved.made(), saved.id());
      }
    }
    Set<Instant> going = superfluous.apply(made.keySet());
    made.forEach(
        (time, id) -> {
          if (going.contains(time)) {
            delete(id);
          }
        });
  }

  private boolean isMadeFor(String reason, SavedStack saved) {
    try {
      return manifest(saved.id()).reason().equals(reason);
    } catch (BackupException e) {
      // A damaged one is for a person to look at.
      return false;
    }
  }

  /**
   * Removes what a crash left at the engine of backups that were being made or restored. To be
   * called when the engine can be reached; those of this process stay.
   */
  public void sweep() {
    for (Container left : engine.containers().list(Map.of(Carrier.LABEL, ""))) {
      if (left.created().isBefore(since)) {
        engine.containers().remove(left.id(), true, false);
        LOG.info("carrier of a backup removed id={}", left.id());
      }
    }
    removeHalfMade();
  }

  private void removeHalfMade() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.zip.new")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
          Files.delete(file);
          LOG.info("half-made backup removed file={}", file.getFileName());
        }
      }
    } catch (IOException e) {
      throw failed("remove half-made backups", e);
    }
  }

  private SavedStack save(
      String name, String reason, StackFiles files, boolean goOn, Progress progress) {
    if (!stacks.get(name).managed()) {
      throw new BackupException(
          BackupException.Code.CONFLICT,
          "Could not save " + name + ": this node does not keep it. Adopt the stack first.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      SafeFile.createFolder(folder);
      floor.check("save " + name, folder, 0);
      Path place = folder.resolve(SavedStack.idOf(name, now) + ".zip");
      if (Files.exists(place)) {
        throw new BackupException(
            BackupException.Code.CONFLICT, "Could not save " + name + ": it was saved just now.");
      }
      boolean saved = false;
      Quiet quiet = Quiet.begin(engine, stacks, name, app(files), progress);
      try (ArchiveWriter archive = new ArchiveWriter(place)) {
        archive.finish(write(archive, name, now, reason, files, progress));
        saved = true;
      } finally {
        quiet.end(goOn || !saved);
      }
      SavedStack made = SavedStack.of(place).orElseThrow();
      LOG.info("backup made id={} bytes={} reason={}", made.id(), made.size(), reason);
      return made;
    } catch (IOException e) {
      throw failed("save " + name, e);
    }
  }

  private Manifest write(
      ArchiveWriter archive,
      String name,
      Instant now,
      String reason,
      StackFiles files,
      Progress progress)
      throws IOException {
    List<Manifest.Part> parts = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.content().entrySet()) {
      InputStream content = new ByteArrayInputStream(file.getValue());
      parts.add(archive.add(Manifest.FILES + file.getKey(), content, size -> {}));
    }
    List<String> images =
        engine.containers().list(Map.of(ComposeLabels.PROJECT, name)).stream()
            .map(Container::image)
            .distinct()
            .toList();
    List<Volume> volumes = volumes(name, app(files));
    List<Manifest.Data> data = new ArrayList<>();
    if (!volumes.isEmpty()) {
      List<String> names = volumes.stream().map(Volume::name).toList();
      try (Carrier carrier = Carrier.of(engine, names, images)) {
        for (int i = 0; i < volumes.size(); i++) {
          data.add(add(archive, carrier, i, volumes.get(i), progress));
        }
      }
    }
    return new Manifest(name, now, reason, parts, data, images);
  }

  private Manifest.Data add(
      ArchiveWriter archive, Carrier carrier, int index, Volume volume, Progress progress)
      throws IOException {
    String key = volume.labels().getOrDefault(ComposeLabels.VOLUME, volume.name());
    LongConsumer written =
        size -> {
          progress.report("save " + key, size, Progress.UNKNOWN);
          floor.check("save " + key, folder, 0);
        };
    try (InputStream tar = carrier.copyOut(volume.name())) {
      Manifest.Part part = archive.add(Manifest.DATA + index + ".tar", tar, written);
      boolean usual =
          volume.name().equals(volume.labels().getOrDefault(ComposeLabels.PROJECT, "") + "_" + key);
      return new Manifest.Data(part, key, usual ? "" : volume.name(), Carrier.root(index));
    }
  }

  /** Returns the volumes Compose made for the stack; of an app, those that it says to save. */
  private List<Volume> volumes(String stack, Optional<App> app) {
    return engine.volumes().list().stream()
        .filter(volume -> stack.equals(volume.labels().get(ComposeLabels.PROJECT)))
        .filter(
            volume ->
                app.isEmpty()
                    || app.get()
                        .backup()
                        .volumes()
                        .contains(volume.labels().get(ComposeLabels.VOLUME)))
        .sorted(Comparator.comparing(Volume::name))
        .toList();
  }

  /** Returns what the stack was made of; one edited by hand so that it is no app is none. */
  private static Optional<App> app(StackFiles files) {
    return App.among(files.content());
  }

  /**
   * Restores a backup: all of it is checked and its compose file judged before anything changes.
   *
   * @param as the stack's name; the one it had if there is none
   * @param replace whether a stack of that name, which is saved first, goes with its data
   * @param by who does
   * @throws BackupException if the archive is not sound or something is in the way
   */
  public void restore(
      String id, Optional<String> as, boolean replace, String by, Progress progress) {
    try (Archive archive = Archive.open(path(id))) {
      String stack = as.orElse(archive.manifest().stack());
      stacks.alone(
          stack,
          () -> {
            archive.verify(room(), progress);
            new Restore(engine, stacks, archive, stack)
                .run(replace, by, () -> create(stack, "before restore", progress), progress);
            LOG.info("backup restored id={} stack={} by={}", id, stack, by);
            return stack;
          });
    }
  }

  /** Returns how much data may come onto the engine's disk. */
  private long room() {
    return DiskFloor.free(Path.of(engine.info().root()))
        .map(free -> Math.max(0, free - floor.bytes()))
        .orElse(Long.MAX_VALUE);
  }

  private Path path(String id) {
    if (!SavedStack.isId(id)) {
      throw new BackupException(
          BackupException.Code.NOT_FOUND, "There is no such backup. See what there is.");
    }
    return folder.resolve(id + ".zip");
  }

  private static BackupException failed(String action, IOException e) {
    return new BackupException(
        BackupException.Code.FAILED,
        "Could not " + action + ": " + e.getMessage() + ". See to the disk.",
        e);
  }

  /** Returns the files of an archive, which a stack can take. */
  static StackFiles files(Archive archive) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (Manifest.Part part : archive.manifest().files()) {
      if (part.size() > (4 << 20)) {
        throw new IOException(part.name() + " is too long");
      }
      try (InputStream in = archive.read(part)) {
        files.put(part.name().substring(Manifest.FILES.length()), in.readAllBytes());
      }
    }
    return new StackFiles(files);
  }
}
