package community.cloudy.containers.backup;

import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppException;
import community.cloudy.containers.apps.AppFolder;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.Volume;
import community.cloudy.containers.stacks.Stack;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of this node: the public face of this room. Methods may be called from any thread;
 * those that make or restore one block for as long as the data take, one at a time a stack.
 */
public final class Backups {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final Path folder;
  private final Engine engine;
  private final Stacks stacks;
  private final DiskFloor floor;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** Keeps backups in {@code folder}, which is made when it is needed. */
  public Backups(Path folder, Engine engine, Stacks stacks, DiskFloor floor, InstantSource clock) {
    this.folder = folder;
    this.engine = engine;
    this.stacks = stacks;
    this.floor = floor;
    this.clock = clock;
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
    return alone(stack, () -> save(stack, reason, progress));
  }

  private SavedStack save(String name, String reason, Progress progress) {
    Stack stack = stacks.get(name);
    if (!stack.managed()) {
      throw new BackupException(
          BackupException.Code.CONFLICT,
          "Could not save " + name + ": this node does not keep it. Adopt the stack first.");
    }
    StackFiles files = stacks.files(name);
    Optional<App> app = app(files);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      SafeFile.createFolder(folder);
      floor.check("save " + name, folder, 0);
      Path place = folder.resolve(SavedStack.idOf(name, now) + ".zip");
      if (Files.exists(place)) {
        throw new BackupException(
            BackupException.Code.CONFLICT, "Could not save " + name + ": it was saved just now.");
      }
      Quiet quiet = Quiet.begin(engine, stacks, name, app, progress);
      try (ArchiveWriter archive = new ArchiveWriter(place)) {
        archive.finish(write(archive, name, now, reason, files, progress));
      } finally {
        quiet.end();
      }
      SavedStack saved = SavedStack.of(place).orElseThrow();
      LOG.info("backup made id={} bytes={} reason={}", saved.id(), saved.size(), reason);
      return saved;
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

  private static Manifest.Data add(
      ArchiveWriter archive, Carrier carrier, int index, Volume volume, Progress progress)
      throws IOException {
    String key = volume.labels().getOrDefault(ComposeLabels.VOLUME, volume.name());
    try (InputStream tar = carrier.copyOut(volume.name())) {
      Manifest.Part part =
          archive.add(
              Manifest.DATA + index + ".tar",
              tar,
              size -> progress.report("save " + key, size, Progress.UNKNOWN));
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

  private static Optional<App> app(StackFiles files) {
    byte[] metadata = files.content().get(AppFolder.METADATA);
    try {
      return Optional.ofNullable(metadata)
          .map(bytes -> App.read(new String(bytes, StandardCharsets.UTF_8)));
    } catch (AppException e) {
      // Edited by hand, perhaps: then all volumes are saved, and the stack is stopped meanwhile.
      return Optional.empty();
    }
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
      alone(
          stack,
          () -> {
            archive.verify(room(), progress);
            new Restore(engine, stacks, archive, stack)
                .run(replace, by, () -> save(stack, "before restore", progress), progress);
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

  private <T> T alone(String stack, java.util.function.Supplier<T> work) {
    if (!busy.add(stack)) {
      throw new BackupException(
          BackupException.Code.CONFLICT,
          "Could not begin: " + stack + " is being saved or restored. Wait until that is done.");
    }
    try {
      return work.get();
    } finally {
      busy.remove(stack);
    }
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
