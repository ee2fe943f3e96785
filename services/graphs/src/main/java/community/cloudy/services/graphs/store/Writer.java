package community.cloudy.services.graphs.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes readings to files: each is opened, updated in place by a few small writes, and closed. */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final Function<FileName, Lock> locks;
  private final boolean torn;
  private final Set<Path> mended = new HashSet<>();

  private int updates;
  private int late;
  private int created;
  private int failed;
  private long bytes;
  private boolean full;
  private Optional<String> problem = Optional.empty();

  /**
   * Makes one.
   *
   * @param torn whether newest values may be torn, and must be looked at
   */
  Writer(Function<FileName, Lock> locks, boolean torn) {
    this.locks = locks;
    this.torn = torn;
  }

  void begin() {
    updates = 0;
    late = 0;
    created = 0;
    failed = 0;
    bytes = 0;
    full = false;
    problem = Optional.empty();
  }

  Written end() {
    return new Written(updates, late, created, failed, bytes, problem);
  }

  /** Writes readings that are sorted by file and time. */
  void write(Path folder, List<Readings> readings, Function<FileName.Kind, Layout> layouts) {
    List<List<Readings>> busy = new ArrayList<>();
    for (int from = 0, to; from < readings.size(); from = to) {
      FileName name = readings.get(from).name();
      for (to = from + 1; to < readings.size() && readings.get(to).name().equals(name); to++) {}
      List<Readings> part = readings.subList(from, to);
      if (!write(folder, part, layouts, false)) {
        busy.add(part);
      }
    }
    // rrdtool holds a file for some milliseconds: by now it is done.
    busy.forEach(part -> write(folder, part, layouts, true));
  }

  private boolean write(
      Path folder, List<Readings> part, Function<FileName.Kind, Layout> layouts, boolean again) {
    FileName name = part.get(0).name();
    Path path = folder.resolve(name.file());
    Lock lock = locks.apply(name);
    lock.lock();
    try {
      Layout layout = layouts.apply(name.kind());
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS) && !create(path, layout, part)) {
        failed += part.size();
        return true;
      }
      update(path, layout, part);
    } catch (RrdFile.BusyException e) {
      if (again) {
        fail(name, part, e);
      }
      return again;
    } catch (IOException e) {
      fail(name, part, e);
    } finally {
      lock.unlock();
    }
    return true;
  }

  private void update(Path path, Layout layout, List<Readings> part) throws IOException {
    try {
      take(path, part);
    } catch (BadFileException e) {
      setAside(path, part, e);
      if (create(path, layout, part)) {
        take(path, part);
      } else {
        failed += part.size();
      }
    }
  }

  private void take(Path path, List<Readings> part) throws IOException {
    try (RrdFile file = RrdFile.write(path)) {
      if (file.head().layout().sources().size() != part.get(0).values().size()) {
        throw new BadFileException("does not hold two sources");
      }
      if (torn && mended.add(path)) {
        file.mend();
      }
      for (Readings readings : part) {
        if (file.update(readings.at(), readings.values())) {
          updates++;
        } else {
          late++;
        }
      }
      bytes += file.written();
    }
  }

  private boolean create(Path path, Layout layout, List<Readings> part) throws IOException {
    if (full) {
      return false;
    }
    try {
      long begin = part.get(0).at().getEpochSecond() - layout.step();
      bytes += RrdFile.create(path, Head.create(layout, begin), null);
      created++;
      return true;
    } catch (IOException e) {
      full = true; // Files that are there can still be written to; no other is begun now.
      throw e;
    }
  }

  private void setAside(Path path, List<Readings> part, BadFileException why) throws IOException {
    String aside = path.getFileName() + ".bad-" + part.get(0).at().getEpochSecond();
    Files.move(path, path.resolveSibling(aside), StandardCopyOption.ATOMIC_MOVE);
    LOG.warn(
        "The file {} {}. It was renamed to {} and begun anew.",
        path.getFileName(),
        why.getMessage(),
        aside);
  }

  private void fail(FileName name, List<Readings> part, IOException why) {
    failed += part.size();
    if (problem.isEmpty()) {
      String reason = Optional.ofNullable(why.getMessage()).orElse(why.getClass().getSimpleName());
      problem =
          Optional.of(
              "Could not write "
                  + name.file()
                  + ": "
                  + reason
                  + ". Look for room on the disk and who owns the folder; it is tried again with"
                  + " the next values.");
    }
  }
}
