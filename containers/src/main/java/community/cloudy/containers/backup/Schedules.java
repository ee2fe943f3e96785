package community.cloudy.containers.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.containers.Progress;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of this node's backups, in one file a person can read. Thread-safe; {@link #run} is
 * to be called about once a minute, from one thread.
 */
public final class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_FILE = 64 * 1024;
  private static final String REASON = "scheduled";

  private final Path file;
  private final Backups backups;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * A schedule and how it went.
   *
   * @param last when it last began, whether or not it succeeded
   * @param problem why the last run did not succeed; empty if it did
   */
  public record Entry(Schedule schedule, Optional<Instant> last, String problem) {}

  /**
   * Reads what is in {@code file}, if there is one.
   *
   * @throws BackupException if it cannot be read
   */
  public Schedules(Path file, Backups backups, InstantSource clock, ZoneId zone) {
    this.file = file;
    this.backups = backups;
    this.clock = clock;
    this.zone = zone;
    if (Files.exists(file)) {
      read();
    }
  }

  /** Returns all of them, by stack. */
  public synchronized List<Entry> list() {
    return List.copyOf(entries.values());
  }

  /** Sets when {@code stack} is saved, from now on. */
  public synchronized Entry set(
      String stack, Optional<DayOfWeek> day, LocalTime at, Retention retention) {
    Entry entry =
        new Entry(new Schedule(stack, day, at, clock.instant(), retention), Optional.empty(), "");
    entries.put(stack, entry);
    write();
    return entry;
  }

  /** Ends the schedule of {@code stack}; tells whether there was one. What was saved stays. */
  public synchronized boolean remove(String stack) {
    boolean was = entries.remove(stack) != null;
    write();
    return was;
  }

  /** Makes the backups that are due, one after the other, and removes those that may go. */
  public void run() {
    for (Entry entry : list()) {
      Schedule schedule = entry.schedule();
      if (schedule.isDue(entry.last(), clock.instant(), zone)) {
        // First the mark: a run that fails is not tried again before its next time.
        Entry begun = new Entry(schedule, Optional.of(clock.instant()), "");
        mark(entry, begun);
        mark(begun, new Entry(schedule, begun.last(), save(schedule)));
      }
    }
  }

  private String save(Schedule schedule) {
    try {
      backups.create(schedule.stack(), REASON, Progress.NONE);
      // Others are people's own.
      backups.thin(schedule.stack(), REASON, made -> schedule.retention().superfluous(made, zone));
      return "";
    } catch (RuntimeException e) {
      LOG.warn("backup failed stack={} reason={}", schedule.stack(), e.getMessage());
      return String.valueOf(e.getMessage());
    }
  }

  /** Puts {@code now} in place of {@code before}, unless a person changed it meanwhile. */
  private synchronized void mark(Entry before, Entry now) {
    if (before.equals(entries.get(before.schedule().stack()))) {
      entries.put(before.schedule().stack(), now);
      write();
    }
  }

  private void write() {
    ObjectNode root = MAPPER.createObjectNode();
    entries.forEach(
        (stack, entry) -> {
          Schedule schedule = entry.schedule();
          ObjectNode node = root.putObject(stack).put("at", schedule.at().toString());
          schedule.day().ifPresent(day -> node.put("day", day.name().toLowerCase(Locale.ROOT)));
          node.put("since", schedule.since().toString());
          entry.last().ifPresent(last -> node.put("last", last.toString()));
          node.put("problem", entry.problem());
          node.put("daily", schedule.retention().daily());
          node.put("weekly", schedule.retention().weekly());
          node.put("monthly", schedule.retention().monthly());
        });
    try {
      SafeFile.createFolder(file.toAbsolutePath().resolveSibling(".").normalize());
      SafeFile.write(
          file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root), "rw-------");
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private void read() {
    try {
      JsonNode root = MAPPER.readTree(SafeFile.read(file, MAX_FILE));
      for (Map.Entry<String, JsonNode> field : root.properties()) {
        JsonNode node = field.getValue();
        Schedule schedule =
            new Schedule(
                field.getKey(),
                text(node, "day").map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))),
                LocalTime.parse(node.path("at").asText()),
                Instant.parse(node.path("since").asText()),
                new Retention(
                    node.path("daily").asInt(),
                    node.path("weekly").asInt(),
                    node.path("monthly").asInt()));
        entries.put(
            field.getKey(),
            new Entry(
                schedule, text(node, "last").map(Instant::parse), node.path("problem").asText()));
      }
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw failed("read", e);
    }
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
  }

  private BackupException failed(String verb, Exception e) {
    return new BackupException(
        BackupException.Code.FAILED,
        "Could not %s the schedules in %s: %s. Mend or remove the file."
            .formatted(verb, file, e.getMessage()),
        e);
  }
}
