package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Function;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A round-robin file of rrdtool's, open. For one thread.
 *
 * <p>An update writes rows first and then the live part of the head, which is what makes them count
 * and lies in one page. A process that dies in between leaves the newest values where the oldest
 * were, until the next update writes there again. Writers are kept apart, rrdtool's too, by the
 * lock that rrdtool takes.
 */
final class RrdFile implements Closeable {
  private static final int MAX_FETCHED = 20_000;
  private static final long MAX_TIME = 100_000_000_000L;

  private final FileChannel channel;
  private final Head head;
  private long written;

  private RrdFile(FileChannel channel, Head head) {
    this.channel = channel;
    this.head = head;
  }

  /** Somebody else writes to the file just now. */
  static final class BusyException extends IOException {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("is being written by another program");
    }
  }

  /**
   * Opens a file to read.
   *
   * @throws BadFileException if it is none of rrdtool's that can be used here
   */
  static RrdFile read(Path path) throws IOException {
    return open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Opens a file to update.
   *
   * @throws BadFileException if it is none of rrdtool's that can be used here
   * @throws BusyException if another process writes to it
   */
  static RrdFile write(Path path) throws IOException {
    return open(
        path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  private static RrdFile open(Path path, Set<OpenOption> options) throws IOException {
    FileChannel channel = FileChannel.open(path, options);
    try {
      if (options.contains(StandardOpenOption.WRITE) && channel.tryLock() == null) {
        throw new BusyException();
      }
      return new RrdFile(channel, head(channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Head head(FileChannel channel) throws IOException {
    ByteBuffer guess = ByteBuffer.allocate(4096);
    fill(channel, guess, 0);
    int size = Head.size(guess.flip());
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put(guess.slice(0, Math.min(size, guess.limit())));
    fill(channel, bytes, bytes.position());
    if (bytes.hasRemaining()) {
      throw new BadFileException("is cut off within its head");
    }
    Head head = Head.of(bytes.flip());
    long should = head.offset(head.layout().archives().size());
    if (channel.size() < should) {
      throw new BadFileException(
          "is cut off: it has " + channel.size() + " bytes and should have " + should);
    }
    return head;
  }

  private static void fill(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        return;
      }
      at += read;
    }
  }

  /**
   * Writes a whole new file and puts it in place, so that there is never half of one.
   *
   * @param values of every row, archive by archive, the newest last; null for unknown ones
   */
  static long create(Path path, Head head, double @Nullable [] values) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    long size = head.offset(head.layout().archives().size());
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(head.all());
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.putDouble(values == null ? Double.NaN : values[i]);
    }
    try {
      Files.write(fresh, bytes.array());
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    return size;
  }

  Head head() {
    return head;
  }

  /** Returns how many bytes were written since it was opened. */
  long written() {
    return written;
  }

  /**
   * Takes readings, one a source, as {@code rrdtool update} does.
   *
   * @return false if the time is not after the last update's
   */
  boolean update(Instant at, List<String> readings) throws IOException {
    int micros = at.get(ChronoField.MICRO_OF_SECOND);
    if (!new Update(head, this::writeRows).take(at.getEpochSecond(), micros, readings)) {
      return false;
    }
    saveHead(head.live());
    return true;
  }

  /** Writes the head's bytes from some place on. */
  void saveHead(int from) throws IOException {
    put(head.all().position(from), from);
  }

  private void writeRows(int archive, int first, int count) throws IOException {
    int rows = head.layout().archives().get(archive).rows();
    int straight = Math.min(count, rows - first);
    put(rows(archive, 0, straight), head.offset(archive) + (long) first * head.rowBytes());
    if (straight < count) {
      put(rows(archive, straight, count), head.offset(archive));
    }
  }

  private ByteBuffer rows(int archive, int from, int to) {
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * head.rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = from; row < to; row++) {
      for (int s = 0; s < head.layout().sources().size(); s++) {
        Cell cell = head.cell(archive, s);
        bytes.putDouble(row == 0 ? cell.first() : cell.others());
      }
    }
    return bytes.flip();
  }

  private void put(ByteBuffer bytes, long at) throws IOException {
    for (long to = at; bytes.hasRemaining(); ) {
      int count = channel.write(bytes, to);
      to += count;
      written += count;
    }
  }

  /**
   * Returns values from the archive that {@code rrdtool fetch} would choose: of those that reach
   * back far enough the one whose rows are nearest to the resolution, else the one that reaches
   * back farthest.
   *
   * @param from seconds since 1970
   * @param to the same; the row that holds then is the last
   * @param resolution seconds a row
   * @throws IllegalArgumentException if it makes no sense or is more than 20,000 rows
   */
  Series fetch(Function function, long from, long to, long resolution) throws IOException {
    if (Math.abs(from) > MAX_TIME || Math.abs(to) > MAX_TIME) {
      throw new IllegalArgumentException("from and to must be times of this age");
    }
    int chosen = choose(function, from, resolution);
    Archive archive = head.layout().archives().get(chosen);
    long step = head.layout().seconds(archive);
    long start = from - Math.floorMod(from, step);
    long end = to - Math.floorMod(to, step) + step;
    long count = (end - start) / step;
    if (count < 1 || count > MAX_FETCHED) {
      throw new IllegalArgumentException("from and to must be 1 to 20,000 rows apart");
    }
    ByteBuffer rows = ByteBuffer.allocate(archive.rows() * head.rowBytes());
    fill(channel, rows, head.offset(chosen));
    rows.order(ByteOrder.LITTLE_ENDIAN);
    long newest = head.seconds() - head.seconds() % step;
    double[][] values = new double[head.layout().sources().size()][(int) count];
    for (int i = 0; i < count; i++) {
      long back = (newest - (start + (i + 1) * step)) / step;
      boolean kept = newest >= start + (i + 1) * step && back < archive.rows();
      int row = kept ? Math.floorMod(head.row(chosen) - (int) back, archive.rows()) : 0;
      for (int s = 0; s < values.length; s++) {
        values[s][i] = kept ? rows.getDouble(row * head.rowBytes() + s * Double.BYTES) : Double.NaN;
      }
    }
    List<String> names = head.layout().sources().stream().map(Layout.Source::name).toList();
    return new Series(start, step, head.seconds(), names, values);
  }

  private int choose(Function function, long from, long resolution) {
    List<Archive> archives = head.layout().archives();
    int[] suitable =
        IntStream.range(0, archives.size())
            .filter(i -> archives.get(i).function() == function || archives.get(i).steps() == 1)
            .toArray();
    int full = -1;
    int part = -1;
    for (int i : suitable) {
      if (begin(i) <= from) {
        full = full < 0 || off(i, resolution) < off(full, resolution) ? i : full;
      } else if (part < 0 || begin(i) < begin(part)) {
        part = i;
      } else if (begin(i) == begin(part) && off(i, resolution) < off(part, resolution)) {
        part = i;
      }
    }
    if (full < 0 && part < 0) {
      throw new IllegalArgumentException("no archive holds " + function + " of it");
    }
    return full >= 0 ? full : part;
  }

  private long begin(int archive) {
    Archive a = head.layout().archives().get(archive);
    long step = head.layout().seconds(a);
    return head.seconds() - head.seconds() % step - step * a.rows();
  }

  private long off(int archive, long resolution) {
    return Math.abs(resolution - head.layout().seconds(head.layout().archives().get(archive)));
  }

  /** Tells whether an archive reaches back to a time. */
  boolean reachesTo(long seconds) {
    return IntStream.range(0, head.layout().archives().size()).anyMatch(i -> begin(i) <= seconds);
  }

  /**
   * Makes the newest row of an archive unknown where it is neither of the values that the head says
   * were written there, of those archives in which the last update ended a row.
   */
  void mend() throws IOException {
    for (int a = 0; a < head.layout().archives().size(); a++) {
      Archive archive = head.layout().archives().get(a);
      if (head.seconds() % head.layout().seconds(archive) < head.layout().step()) {
        mend(a);
      }
    }
  }

  private void mend(int archive) throws IOException {
    long at = head.offset(archive) + (long) head.row(archive) * head.rowBytes();
    ByteBuffer row = ByteBuffer.allocate(head.rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, row, at);
    boolean torn = false;
    for (int s = 0; s < head.layout().sources().size(); s++) {
      double value = row.getDouble(s * Double.BYTES);
      Cell cell = head.cell(archive, s);
      if (!Double.isNaN(value) && value != cell.first() && value != cell.others()) {
        row.putDouble(s * Double.BYTES, Double.NaN);
        torn = true;
      }
    }
    if (torn) {
      put(row.rewind(), at);
    }
  }

  /** Returns all values of an archive, row by row, as they lie in the file. */
  double[] stored(int archive) throws IOException {
    int rows = head.layout().archives().get(archive).rows();
    ByteBuffer bytes = ByteBuffer.allocate(rows * head.rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, bytes, head.offset(archive));
    double[] stored = new double[rows * head.layout().sources().size()];
    bytes.flip().asDoubleBuffer().get(stored);
    return stored;
  }

  /** Returns all values of an archive, row by row, the oldest first. */
  double[] all(int archive) throws IOException {
    int rows = head.layout().archives().get(archive).rows();
    double[] stored = stored(archive);
    int oldest = (head.row(archive) + 1) % rows * head.layout().sources().size();
    double[] values = Arrays.copyOfRange(stored, oldest, oldest + stored.length);
    System.arraycopy(stored, 0, values, stored.length - oldest, oldest);
    return values;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
