package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one app, in memory and bounded: {@code compose.yaml}, {@code app.yaml}, an icon and
 * what else the stack needs. Flat: no folders within.
 *
 * @param files by name; nobody may change the arrays
 */
public record AppFolder(Map<String, byte[]> files) {
  /** Where an app says what it is. */
  public static final String METADATA = "app.yaml";

  /** What it runs. */
  public static final String COMPOSE = "compose.yaml";

  static final int MAX_FILE = 128 * 1024;
  static final int MAX_FILES = 16;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

  /** Checks names, number and sizes, and that the two files every app has are there. */
  public AppFolder {
    if (files.size() > MAX_FILES) {
      throw invalid("it has more than " + MAX_FILES + " files. Leave out what is not needed.");
    }
    files.forEach(
        (name, content) -> {
          checkName(name);
          if (content.length > MAX_FILE) {
            throw invalid(name + " has more than " + MAX_FILE + " bytes. Make it smaller.");
          }
        });
    for (String needed : List.of(METADATA, COMPOSE)) {
      if (!files.containsKey(needed)) {
        throw invalid("there is no " + needed + ". Every app has one.");
      }
    }
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  static void checkName(String name) {
    if (!NAME.matches(name)) {
      throw invalid("a file's name must be 1 to 60 of a-z, 0-9, '.', _ and -.");
    }
  }

  /**
   * Reads the folder.
   *
   * @throws AppException if it cannot be read or is more than an app may be
   */
  public static AppFolder read(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        String name = String.valueOf(file.getFileName());
        if (files.size() == MAX_FILES || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw invalid(
              folder
                  + " must hold at most "
                  + MAX_FILES
                  + " plain files; "
                  + name
                  + " is not one.");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          files.put(name, in.readNBytes(MAX_FILE + 1));
        }
      }
    } catch (IOException e) {
      throw new AppException(
          AppException.Code.UNAVAILABLE,
          "Could not read the app in " + folder + ": " + e + ". Check that it is there.",
          e);
    }
    return new AppFolder(files);
  }

  /**
   * Returns what the app says of itself.
   *
   * @throws AppException if it is written wrongly; carries every problem with line and column
   */
  public App app() {
    App app = Metadata.read(text(METADATA));
    if (app.icon().isPresent() && !files.containsKey(app.icon().get())) {
      throw invalid("there is no " + app.icon().get() + ", which app.yaml names as the icon.");
    }
    return app;
  }

  /** Returns a file as text, which must be UTF-8. */
  public String text(String name) {
    byte[] content = file(name).orElseThrow(() -> invalid("there is no " + name + "."));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new AppException(
          AppException.Code.INVALID,
          "Could not read the app: " + name + " is not UTF-8 text. Save it as such.",
          e);
    }
  }

  /** Returns a file's bytes. */
  public Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static AppException invalid(String reason) {
    return new AppException(AppException.Code.INVALID, "Could not read the app: " + reason);
  }
}
