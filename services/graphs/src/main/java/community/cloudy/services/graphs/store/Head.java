package community.cloudy.services.graphs.store;

import community.cloudy.services.graphs.store.Layout.Archive;
import community.cloudy.services.graphs.store.Layout.Function;
import community.cloudy.services.graphs.store.Layout.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All of a round-robin file but its rows, over the file's own bytes, which setters change in place.
 * Whatever rrdtool keeps there that is not known here stays as it is.
 *
 * <p>The layout is that of rrdtool 1.2 to 1.7 (its document rrdformat, versions 0003 to 0005) on
 * 64-bit little-endian machines, where every number takes eight bytes. What comes first never
 * changes; the <em>live</em> part after it changes at each update.
 */
final class Head {
  /** The most that a head may take: that of 32 sources and 32 archives. */
  static final int MAX = 128 + 32 * (120 + 112) + 32 * (120 + 8) + 16 + 32 * 32 * 80;

  /** The least that must be read before {@link #size} can tell how much there is. */
  static final int BASE = 128;

  private static final byte[] COOKIE = {'R', 'R', 'D', 0};
  private static final double FLOAT_COOKIE = 8.642135E130;
  private static final int DEFINITION = 120;
  private static final int PARAMETERS = 40;
  private static final int LIVE = 16;
  private static final int PRIMARY = 112;
  private static final int LAST_READING = 30;
  private static final int CELL = 80;

  private final ByteBuffer bytes;
  private final Layout layout;
  private final int live;

  private Head(ByteBuffer bytes, Layout layout) {
    this.bytes = bytes;
    this.layout = layout;
    this.live = BASE + DEFINITION * (layout.sources().size() + layout.archives().size());
  }

  /** Returns how many bytes the head takes, of which the first {@link #BASE} are given. */
  static int size(ByteBuffer base) throws BadFileException {
    ByteBuffer bytes = base.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() < BASE || !bytes.slice(0, 4).equals(ByteBuffer.wrap(COOKIE))) {
      throw new BadFileException("is not a round-robin file");
    }
    String version = text(bytes, 4, 5);
    boolean narrow = isCount(bytes.getInt(24)) && isCount(bytes.getInt(28)); // 32-bit ARM
    if (bytes.getDouble(16) != FLOAT_COOKIE || narrow) {
      throw new BadFileException(
          "was written on another kind of machine: dump it there with rrdtool dump, and import that");
    }
    if (!List.of("0003", "0004", "0005").contains(version)) {
      throw new BadFileException(
          "is of a version not read here: dump it with rrdtool dump, and import that");
    }
    long sources = bytes.getLong(24);
    long archives = bytes.getLong(32);
    if (!isCount(sources) || !isCount(archives)) {
      throw new BadFileException("is torn: it counts " + sources + " sources");
    }
    return size((int) sources, (int) archives);
  }

  private static boolean isCount(long number) {
    return number >= 1 && number <= 32;
  }

  private static int size(int sources, int archives) {
    return BASE
        + (DEFINITION + PRIMARY) * sources
        + (DEFINITION + Long.BYTES) * archives
        + LIVE
        + CELL * sources * archives;
  }

  /** Reads a head, all of which is given; the bytes then belong to it. */
  static Head of(ByteBuffer bytes) throws BadFileException {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    try {
      Head head = new Head(bytes, layout(bytes));
      for (int i = 0; i < head.layout.archives().size(); i++) {
        long row = bytes.getLong(head.rowAt(i));
        if (row < 0 || row >= head.layout.archives().get(i).rows()) {
          throw new BadFileException("is torn: an archive goes on outside of itself");
        }
      }
      if (head.seconds() < 0 || head.micros() < 0 || head.micros() >= 1_000_000) {
        throw new BadFileException("is torn: its time makes no sense");
      }
      return head;
    } catch (IllegalArgumentException e) {
      throw new BadFileException("cannot be used: " + e.getMessage());
    }
  }

  private static Layout layout(ByteBuffer bytes) {
    int at = BASE;
    List<Source> sources = new ArrayList<>();
    for (long i = bytes.getLong(24); i > 0; i--, at += DEFINITION) {
      sources.add(
          new Source(
              text(bytes, at, 20),
              known(Layout.Type.class, text(bytes, at + 20, 20)),
              bytes.getLong(at + PARAMETERS),
              bytes.getDouble(at + PARAMETERS + 8),
              bytes.getDouble(at + PARAMETERS + 16)));
    }
    List<Archive> archives = new ArrayList<>();
    for (long i = bytes.getLong(32); i > 0; i--, at += DEFINITION) {
      archives.add(
          new Archive(
              known(Function.class, text(bytes, at, 20)),
              number(bytes.getLong(at + 32)),
              number(bytes.getLong(at + 24)),
              bytes.getDouble(at + PARAMETERS)));
    }
    return new Layout(number(bytes.getLong(40)), sources, archives);
  }

  /**
   * Makes the head of a file in which nothing is known yet.
   *
   * @param begin seconds since 1970; the first reading holds from here
   */
  static Head create(Layout layout, long begin) {
    int sources = layout.sources().size();
    ByteBuffer bytes =
        ByteBuffer.allocate(size(sources, layout.archives().size())).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, COOKIE);
    put(bytes, 4, "0003");
    bytes.putDouble(16, FLOAT_COOKIE).putLong(24, sources);
    bytes.putLong(32, layout.archives().size()).putLong(40, layout.step());
    int at = BASE;
    for (Source source : layout.sources()) {
      put(bytes, at, source.name());
      put(bytes, at + 20, source.type().name());
      bytes.putLong(at + PARAMETERS, source.heartbeat());
      bytes.putDouble(at + PARAMETERS + 8, source.min());
      bytes.putDouble(at + PARAMETERS + 16, source.max());
      at += DEFINITION;
    }
    for (Archive archive : layout.archives()) {
      put(bytes, at, archive.function().name());
      bytes.putLong(at + 24, archive.rows()).putLong(at + 32, archive.steps());
      bytes.putDouble(at + PARAMETERS, archive.unknown());
      at += DEFINITION;
    }
    Head head = new Head(bytes, layout);
    head.time(begin, 0);
    head.begin();
    return head;
  }

  private void begin() {
    long gone = seconds() % layout.step();
    for (int s = 0; s < layout.sources().size(); s++) {
      reading(s, "U");
      sum(s, Double.NaN);
      unknownSeconds(s, gone);
    }
    for (int a = 0; a < layout.archives().size(); a++) {
      Archive archive = layout.archives().get(a);
      row(a, archive.rows() - 1);
      for (int s = 0; s < layout.sources().size(); s++) {
        Cell cell = cell(a, s);
        cell.value(Double.NaN);
        cell.unknown((seconds() - gone) % layout.seconds(archive) / layout.step());
      }
    }
  }

  Layout layout() {
    return layout;
  }

  /** Returns all bytes, not a copy. */
  ByteBuffer all() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
  }

  /** Returns where the live part begins in the file. */
  int live() {
    return live;
  }

  /** Returns how many bytes the head takes. */
  int size() {
    return bytes.capacity();
  }

  /** Returns where an archive begins in the file; of the one after the last, the file's size. */
  long offset(int archive) {
    long rows = layout.archives().stream().limit(archive).mapToLong(Archive::rows).sum();
    return size() + rows * rowBytes();
  }

  /** Returns how many bytes a row takes. */
  int rowBytes() {
    return Double.BYTES * layout.sources().size();
  }

  /** Returns the time of the last update, in seconds since 1970. */
  long seconds() {
    return bytes.getLong(live);
  }

  /** Returns the part of the last update's time below a second. */
  int micros() {
    return (int) bytes.getLong(live + 8);
  }

  void time(long seconds, int micros) {
    bytes.putLong(live, seconds).putLong(live + 8, micros);
  }

  /** Returns the last reading of a source as it was written; one that begins with U is unknown. */
  String reading(int source) {
    return text(bytes, primaryAt(source), LAST_READING);
  }

  void reading(int source, String reading) {
    bytes.put(primaryAt(source), new byte[LAST_READING]);
    put(bytes, primaryAt(source), reading.substring(0, Math.min(reading.length(), 29)));
  }

  /** Returns for how many seconds of the step that is being filled nothing is known. */
  long unknownSeconds(int source) {
    return bytes.getLong(primaryAt(source) + 32);
  }

  void unknownSeconds(int source, long seconds) {
    bytes.putLong(primaryAt(source) + 32, seconds);
  }

  /** Returns what came together in the step that is being filled: rate times seconds. */
  double sum(int source) {
    return bytes.getDouble(primaryAt(source) + 40);
  }

  void sum(int source, double sum) {
    bytes.putDouble(primaryAt(source) + 40, sum);
  }

  /** Returns the row of an archive that was written last. */
  int row(int archive) {
    return (int) bytes.getLong(rowAt(archive));
  }

  void row(int archive, int row) {
    bytes.putLong(rowAt(archive), row);
  }

  /** Returns what an archive prepares of a source. */
  Cell cell(int archive, int source) {
    return new Cell(bytes, primaryAt(layout.sources().size()) + CELL * index(archive, source));
  }

  /** Turns a source into one whose readings are rates, as {@code rrdtool tune} does. */
  void gauge(int source) {
    int at = BASE + DEFINITION * source;
    bytes.put(at + 20, new byte[20]);
    put(bytes, at + 20, Layout.Type.GAUGE.name());
    reading(source, "UNKN");
  }

  /** Sets the rate above which a source is unknown. */
  void max(int source, double max) {
    bytes.putDouble(BASE + DEFINITION * source + PARAMETERS + 16, max);
  }

  private int index(int archive, int source) {
    return archive * layout.sources().size() + source;
  }

  private int primaryAt(int source) {
    return live + LIVE + PRIMARY * source;
  }

  private int rowAt(int archive) {
    int cells = index(layout.archives().size(), 0);
    return primaryAt(layout.sources().size()) + CELL * cells + Long.BYTES * archive;
  }

  private static int number(long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a number in it makes no sense");
    }
    return (int) value;
  }

  private static <E extends Enum<E>> E known(Class<E> kind, String name) {
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "it uses what is not known here, a kind of source or archive");
  }

  private static String text(ByteBuffer bytes, int at, int size) {
    int length = 0;
    while (length < size && bytes.get(at + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    bytes.get(at, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void put(ByteBuffer bytes, int at, String text) {
    bytes.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
