package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Layout.Function;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of round-robin files, in the layout and under the names of snpservices. Finer values,
 * if any, are in its folder {@code fine} under the same names. May be used from any thread.
 *
 * <p>Nothing is forced to the disk: the system writes it within half a minute. If the machine loses
 * power, the newest value of a file may be lost; where it may be torn it is made unknown.
 */
public final class Store implements Closeable {
  private static final int STRIPES = 64;
  private static final int MAX_FILES = 500_000;

  private final Path folder;
  private final Path fineFolder;
  private final StoreSettings settings;
  private final Boot boot;
  private final Lock[] stripes = new Lock[STRIPES];
  private final Writer writer;

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @throws IOException if it cannot be used
   */
  public Store(Path folder, StoreSettings settings) throws IOException {
    this.folder = folder;
    this.fineFolder = folder.resolve("fine");
    this.settings = settings;
    Files.createDirectories(settings.fine().isPresent() ? fineFolder : folder);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    this.boot = new Boot(folder);
    this.writer = new Writer(this::stripe, boot.begin());
  }

  private Lock stripe(FileName name) {
    return stripes[Math.floorMod(name.hashCode(), STRIPES)];
  }

  /**
   * Writes samples, in any order. What is not after the last of its file is left out. One call at a
   * time; others wait.
   */
  public Written write(List<Sample> samples) {
    List<Readings> readings =
        samples.stream()
            .flatMap(sample -> Readings.of(sample, settings.smoke()).stream())
            .sorted(
                Comparator.comparing((Readings r) -> r.name().file()).thenComparing(Readings::at))
            .toList();
    synchronized (writer) {
      writer.begin();
      writer.write(folder, readings, Layouts::legacy);
      settings
          .fine()
          .ifPresent(fine -> writer.write(fineFolder, readings, kind -> Layouts.fine(kind, fine)));
      return writer.end();
    }
  }

  /**
   * Returns average values, from the archive that {@code rrdtool fetch} would choose.
   *
   * @param from seconds since 1970
   * @param to the same
   * @param resolution seconds a value
   * @return empty if there is no such file
   * @throws IllegalArgumentException if from and to are not 1 to 20,000 values apart
   * @throws IOException if the file cannot be read; the message says why
   */
  public Optional<Series> averages(FileName name, long from, long to, long resolution)
      throws IOException {
    return read(folder, name, file -> file.fetch(Function.AVERAGE, from, to, resolution));
  }

  /** Returns the largest values; otherwise as {@link #averages}. */
  public Optional<Series> maxima(FileName name, long from, long to, long resolution)
      throws IOException {
    return read(folder, name, file -> file.fetch(Function.MAX, from, to, resolution));
  }

  /** Returns averages, from the finer values if they reach back so far; as {@link #averages}. */
  public Optional<Series> finest(FileName name, long from, long to, long resolution)
      throws IOException {
    if (settings.fine().isPresent() && resolution < Layouts.STEP) {
      Optional<Series> fine =
          read(
              fineFolder,
              name,
              file -> file.reachesTo(from) ? file.fetch(Function.AVERAGE, from, to, 1) : null);
      if (fine.isPresent()) {
        return fine;
      }
    }
    return averages(name, from, to, resolution);
  }

  /** Returns the time of a file's last update; empty if there is no such file. */
  public Optional<Instant> last(FileName name) throws IOException {
    return read(folder, name, file -> Instant.ofEpochSecond(file.head().seconds()));
  }

  /** Returns when a file was last written, which costs less; empty if there is no such file. */
  public Optional<Instant> touched(FileName name) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(folder.resolve(name.file())).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Returns the files there are, by name; at most 500,000. */
  public List<FileName> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .limit(MAX_FILES)
          .flatMap(path -> FileName.of(path.getFileName().toString()).stream())
          .sorted(Comparator.comparing(FileName::file))
          .toList();
    }
  }

  /** Returns the files of a device, by name. */
  public List<FileName> list(String device) throws IOException {
    List<FileName> names = new ArrayList<>();
    FileName.ping(device); // The id is one, and holds nothing that a pattern would take as such.
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, device + "[-_]*.rrd")) {
      files.forEach(path -> FileName.of(path.getFileName().toString()).ifPresent(names::add));
    }
    names.removeIf(name -> !name.device().equals(device));
    names.sort(Comparator.comparing(FileName::file));
    return names;
  }

  /** Writes a file as the XML of {@code rrdtool dump}; false if there is no such file. */
  public boolean exportXml(FileName name, Appendable out) throws IOException {
    return read(
            folder,
            name,
            file -> {
              Dump.write(file, out);
              return true;
            })
        .isPresent();
  }

  /** Writes a file as it is; false if there is no such file. */
  public boolean export(FileName name, OutputStream out) throws IOException {
    return read(
            folder,
            name,
            file -> {
              Files.copy(folder.resolve(name.file()), out);
              return true;
            })
        .isPresent();
  }

  /**
   * Takes over the files of an snpservices, or the dumps of such files ({@code NAME.xml}), with all
   * their history. Names that are none of the store's, symbolic links, and files that are not newer
   * than those there are, are left out.
   *
   * @throws IOException if the folder cannot be read
   */
  public Imported importFrom(Path from) throws IOException {
    return new Importing(folder, this::stripe).all(from);
  }

  private interface Reading<T> {
    @Nullable T read(RrdFile file) throws IOException;
  }

  private <T> Optional<T> read(Path in, FileName name, Reading<T> reading) throws IOException {
    Path path = in.resolve(name.file());
    Lock lock = stripe(name);
    lock.lock();
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      try (RrdFile file = RrdFile.read(path)) {
        return Optional.ofNullable(reading.read(file));
      }
    } catch (BadFileException e) {
      throw new IOException("The file " + name.file() + " " + e.getMessage() + ".", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (writer) {
      boot.end();
    }
  }
}
