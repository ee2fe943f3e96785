package community.cloudy.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import community.cloudy.auth.AuditEntry.Outcome;
import community.cloudy.auth.AuthException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people did, as private files of one JSON object a line, the newest last; only ever appended
 * to. A file that is full becomes {@code .1}, that one {@code .2}, and the oldest goes. A power cut
 * may cost the last lines but harms none before them. Thread-safe.
 */
public final class AuditLog {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2).maxStringLength(4096).build())
          .build();

  private final Path path;
  private final int files;
  private final int bytesPerFile;
  private final InstantSource clock;

  /** Keeps five files of 1 MiB, {@code path} and its older ones beside it. */
  public AuditLog(Path path, InstantSource clock) {
    this(path, clock, 5, 1 << 20);
  }

  AuditLog(Path path, InstantSource clock, int files, int bytesPerFile) {
    this.path = path;
    this.clock = clock;
    this.files = files;
    this.bytesPerFile = bytesPerFile;
  }

  /**
   * Which entries to read; an empty part asks for nothing.
   *
   * @param who exactly this login
   * @param action this action, or those that begin with it and a dot
   * @param since not before
   */
  public record Filter(Optional<String> who, Optional<String> action, Optional<Instant> since) {
    /** All of them. */
    public static final Filter ALL =
        new Filter(Optional.empty(), Optional.empty(), Optional.empty());

    boolean takes(AuditEntry entry) {
      return who.filter(name -> !name.equals(entry.who())).isEmpty()
          && action.filter(verb -> !(entry.action() + ".").startsWith(verb + ".")).isEmpty()
          && since.filter(entry.time()::isBefore).isEmpty();
    }
  }

  /**
   * Appends what {@code person} did.
   *
   * @param from where they are: an address, or {@code socket}
   */
  public void record(
      Person person, String from, String action, String object, Outcome outcome, String detail) {
    String how = person.means().name().toLowerCase(Locale.ROOT);
    append(
        new AuditEntry(
            clock.instant(), person.login(), how, from, action, object, outcome, detail));
  }

  /** Appends what somebody tried who did not prove who they are; {@code who} is what they said. */
  public void recordUnknown(
      String who, String from, String action, String object, Outcome outcome, String detail) {
    append(new AuditEntry(clock.instant(), who, "", from, action, object, outcome, detail));
  }

  /** Appends an entry. A disk that does not take it is logged, and stops nobody. */
  synchronized void append(AuditEntry entry) {
    byte[] line = json(entry);
    try {
      SafeFile.uninterrupted(() -> append(line));
    } catch (IOException e) {
      log.error("Could not write to the audit log path={} reason={}", path, e.toString());
    }
  }

  private void append(byte[] line) throws IOException {
    if (Files.exists(path) && Files.size(path) + line.length > bytesPerFile) {
      rotate();
    }
    try (FileChannel channel = open()) {
      write(channel, line);
    }
  }

  /**
   * Returns the newest entries that {@code filter} takes, the newest first. What is not a whole
   * entry is skipped.
   *
   * @param limit at most this many
   * @throws AuthException {@link Code#STORAGE}
   */
  public synchronized List<AuditEntry> read(int limit, Filter filter) {
    List<AuditEntry> found = new ArrayList<>();
    for (int i = 0; i < files && found.size() < limit; i++) {
      String[] lines = content(file(i)).split("\n", -1);
      for (int j = lines.length - 1; j >= 0 && found.size() < limit; j--) {
        parse(lines[j]).filter(filter::takes).ifPresent(found::add);
      }
    }
    return found;
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        SafeFile.PRIVATE);
  }

  private static void write(FileChannel channel, byte[] line) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    long end = channel.size();
    // A line that a power cut tore must not swallow this one.
    boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
    if (torn) {
      bytes.put((byte) '\n');
    }
    bytes.put(line).flip();
    channel.position(end);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void rotate() throws IOException {
    for (int i = files - 1; i > 0; i--) {
      if (Files.exists(file(i - 1))) {
        Files.move(file(i - 1), file(i), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private Path file(int age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  private String content(Path file) {
    try {
      // Twice a full file: room for a limit that was lowered.
      return new String(firstBytes(file, 2 * bytesPerFile), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new AuthException(
          Code.STORAGE,
          "Could not read the audit log %s: %s. Check the file's owner.".formatted(file, e),
          e);
    }
  }

  private static byte[] firstBytes(Path file, int limit) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(limit);
    }
  }

  private static byte[] json(AuditEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", entry.time().toString());
      json.writeStringField("who", entry.who());
      json.writeStringField("how", entry.how());
      json.writeStringField("from", entry.from());
      json.writeStringField("action", entry.action());
      json.writeStringField("object", entry.object());
      json.writeStringField("outcome", entry.outcome().name());
      json.writeStringField("detail", entry.detail());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    // JSON lets DEL stand, and a terminal obeys it.
    String line = bytes.toString(StandardCharsets.US_ASCII).replace("\u007f", "\\u007f");
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  private static Optional<AuditEntry> parse(String line) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.put(parser.currentName(), parser.nextTextValue());
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || fields.containsValue(null)) {
        return Optional.empty();
      }
      return Optional.of(
          new AuditEntry(
              Instant.parse(field(fields, "time")),
              field(fields, "who"),
              field(fields, "how"),
              field(fields, "from"),
              field(fields, "action"),
              field(fields, "object"),
              Outcome.valueOf(field(fields, "outcome")),
              field(fields, "detail")));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value;
  }
}
