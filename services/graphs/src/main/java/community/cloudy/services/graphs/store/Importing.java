package community.cloudy.services.graphs.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes over files of others. Their counters become gauges, as we write rates; what they hold are
 * rates already.
 */
final class Importing {
  private static final int MAX_SAID = 1000;
  private static final int MAX_FILES = 500_000;

  private final Path to;
  private final Function<FileName, Lock> locks;
  private final List<FileName> taken = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  Importing(Path to, Function<FileName, Lock> locks) {
    this.to = to;
    this.locks = locks;
  }

  Imported all(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      files.limit(MAX_FILES).sorted().forEach(this::one);
    }
    return new Imported(taken, left);
  }

  private void one(Path path) {
    String file = path.getFileName().toString();
    boolean dump = file.endsWith(".xml");
    Optional<FileName> name = FileName.of(dump ? file.replaceAll("xml$", "rrd") : file);
    if (name.isEmpty()) {
      say(file, "is not named as a file of snpservices");
    } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      say(file, "is no regular file");
    } else {
      Lock lock = locks.apply(name.get());
      lock.lock();
      try {
        take(path, name.get(), dump);
      } catch (IOException e) {
        say(file, String.valueOf(e.getMessage()));
      } finally {
        lock.unlock();
      }
    }
  }

  private void take(Path from, FileName name, boolean dump) throws IOException {
    Path there = to.resolve(name.file());
    Path fresh = to.resolve(name.file() + ".import");
    try {
      if (dump) {
        try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS)) {
          Restore.from(in, fresh);
        }
      } else {
        copy(from, fresh);
      }
      long last = adapt(fresh, name);
      if (Files.exists(there, LinkOption.NOFOLLOW_LINKS) && last <= last(there)) {
        say(from.getFileName().toString(), "is not newer than the one that is there");
        return;
      }
      Files.move(fresh, there, StandardCopyOption.ATOMIC_MOVE);
      taken.add(name);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** What is looked at first must be what is copied: a whole file, of a size that it says. */
  private static void copy(Path from, Path fresh) throws IOException {
    try (RrdFile file = RrdFile.read(from)) {
      List<Layout.Archive> archives = file.head().layout().archives();
      int width = file.head().layout().sources().size();
      double[] values = new double[width * archives.stream().mapToInt(Layout.Archive::rows).sum()];
      int at = 0;
      for (int a = 0; a < archives.size(); a++) {
        double[] part = file.stored(a);
        System.arraycopy(part, 0, values, at, part.length);
        at += part.length;
      }
      RrdFile.create(fresh, file.head(), values);
    }
  }

  private static long last(Path path) throws IOException {
    try (RrdFile file = RrdFile.read(path)) {
      return file.head().seconds();
    } catch (BadFileException e) {
      return -1;
    }
  }

  private static long adapt(Path path, FileName name) throws IOException {
    try (RrdFile file = RrdFile.write(path)) {
      List<Layout.Source> sources = file.head().layout().sources();
      if (sources.size() != 2 || file.head().layout().step() > Layouts.STEP) {
        throw new BadFileException("does not hold two sources at five minutes or less");
      }
      for (int s = 0; s < sources.size(); s++) {
        if (sources.get(s).type() != Layout.Type.GAUGE) {
          file.head().gauge(s);
        }
        if (name.kind() == FileName.Kind.TRAF && sources.get(s).max() < Layouts.MAX_TRAFFIC) {
          file.head().max(s, Layouts.MAX_TRAFFIC);
        }
      }
      file.saveHead(0);
      return file.head().seconds();
    }
  }

  private void say(String file, String why) {
    if (left.size() < MAX_SAID) {
      left.add(file.replaceAll("[^\\x20-\\x7e]", "?") + " " + why + ".");
    }
  }
}
