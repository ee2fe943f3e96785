package community.cloudy.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A private file of one record a line, which a person can read: fields between colons, {@code #}
 * before remarks. {@code %}, {@code :}, {@code #} and control characters in a field are written
 * {@code %HH}.
 */
final class LineFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path path;
  private final String what;
  private final String header;
  private final int fields;

  /**
   * Names a file.
   *
   * @param what its content, for messages: {@code the local users}
   * @param header a remark on its first line
   * @param fields how many fields a line has
   */
  LineFile(Path path, String what, String header, int fields) {
    this.path = path;
    this.what = what;
    this.header = header;
    this.fields = fields;
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Reads the records; none if there is no file. */
  List<List<String>> read() {
    Optional<String> text;
    try {
      text = SafeFile.read(path, MAX_BYTES);
    } catch (IOException e) {
      throw failed("read", e);
    }
    List<List<String>> records = new ArrayList<>();
    int number = 0;
    for (String line : text.orElse("").split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        records.add(record(line, number));
      }
    }
    return records;
  }

  /** Replaces the whole file. */
  void write(List<List<String>> records) {
    StringBuilder text = new StringBuilder("# ").append(header).append('\n');
    for (List<String> record : records) {
      for (int i = 0; i < record.size(); i++) {
        text.append(i == 0 ? "" : ":").append(escaped(record.get(i)));
      }
      text.append('\n');
    }
    try {
      SafeFile.write(path, text.toString());
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  /** Deletes the file, if there is one. */
  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failed("delete", e);
    }
  }

  /** Returns {@code time} as ISO 8601 has it without colons, to the second. */
  static String text(Instant time) {
    return TIME.format(time);
  }

  /** Reads what {@link #text} wrote. */
  Instant time(String text) {
    try {
      return TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      throw damaged(text + " is not a time");
    }
  }

  /** Reads a role's word. */
  Role role(String word) {
    try {
      return Role.parse(word);
    } catch (IllegalArgumentException e) {
      throw damaged(word + " is not a role");
    }
  }

  /** Returns the failure to understand what stands there. */
  AuthException damaged(String reason) {
    return new AuthException(
        AuthException.Code.STORAGE,
        "Could not read %s in %s: %s. Mend or delete that line, or put back a copy of the file."
            .formatted(what, path, reason));
  }

  private List<String> record(String line, int number) {
    String[] parts = line.split(":", -1);
    if (parts.length != fields) {
      throw damaged("line %d has %d fields, not %d".formatted(number, parts.length, fields));
    }
    List<String> record = new ArrayList<>();
    for (String part : parts) {
      record.add(unescaped(part, number));
    }
    return record;
  }

  private static String escaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c < ' ' || c == 0x7f || c == '%' || c == ':' || c == '#') {
        text.append("%%%02X".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private String unescaped(String field, int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) != '%') {
        text.append(field.charAt(i));
        continue;
      }
      if (i + 2 >= field.length()
          || !HexFormat.isHexDigit(field.charAt(i + 1))
          || !HexFormat.isHexDigit(field.charAt(i + 2))) {
        throw damaged("line %d has a %% without two digits".formatted(number));
      }
      text.append((char) HexFormat.fromHexDigits(field, i + 1, i + 3));
      i += 2;
    }
    return text.toString();
  }

  private AuthException failed(String verb, IOException e) {
    return new AuthException(
        AuthException.Code.STORAGE,
        "Could not %s %s in %s: %s. Check the file's owner and the disk."
            .formatted(verb, what, path, e),
        e);
  }
}
