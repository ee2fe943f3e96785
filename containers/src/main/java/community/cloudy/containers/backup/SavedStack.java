package community.cloudy.containers.backup;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A backup, as lists show it.
 *
 * @param id its file's name without the ending: the stack and the time
 * @param stack what was saved
 * @param made when
 * @param size bytes of the archive
 */
public record SavedStack(String id, String stack, Instant made, long size) {
  private static final Pattern ID =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,39})_([0-9]{8}T[0-9]{6}Z)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static boolean isId(String id) {
    return ID.matches(id);
  }

  static String idOf(String stack, Instant made) {
    return stack + "_" + TIME.format(made);
  }

  /** Returns what the name of {@code file} says; empty if it is no backup's. */
  static Optional<SavedStack> of(Path file) {
    String id = String.valueOf(file.getFileName()).replaceAll("\\.zip$", "");
    Matcher matcher = ID.matcher(id);
    try {
      return matcher.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(
              new SavedStack(
                  id,
                  matcher.group(1),
                  LocalDateTime.parse(matcher.group(2), TIME).toInstant(ZoneOffset.UTC),
                  Files.size(file)))
          : Optional.empty();
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
