package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Files of a stack by their path in its folder. Only files count of which a version is made: the
 * Compose file, {@code .env}, what they name, and secrets.
 */
public record StackFiles(SortedMap<String, byte[]> content) {
  /** The Compose file's usual name. */
  public static final String COMPOSE = "compose.yaml";

  /** The file of variables. */
  public static final String ENV = ".env";

  static final int MAX_FILE = 512 * 1024;
  private static final int MAX_FILES = 64;
  private static final int MAX_TOTAL = 4 << 20;
  private static final Pattern PATH =
      Pattern.compile(
          "[A-Za-z0-9_.@+-][A-Za-z0-9_.@+ -]*(/[A-Za-z0-9_.@+-][A-Za-z0-9_.@+ -]*){0,7}");

  /** Checks names and sizes. */
  public StackFiles {
    content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    long total = 0;
    for (Map.Entry<String, byte[]> file : content.entrySet()) {
      checkPath(file.getKey());
      if (file.getValue().length > MAX_FILE) {
        throw invalid(file.getKey() + " has more than " + MAX_FILE + " bytes");
      }
      total += file.getValue().length;
    }
    if (content.size() > MAX_FILES || total > MAX_TOTAL) {
      throw invalid("a stack has at most 64 files and 4 MB of them");
    }
  }

  /** Returns the files of a stack that is one Compose file. */
  public static StackFiles of(String compose) {
    return new StackFiles(new TreeMap<>(Map.of(COMPOSE, compose.getBytes(StandardCharsets.UTF_8))));
  }

  /** Returns these with one more, or another content of one. */
  public StackFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns these with one more, or another content of one. */
  public StackFiles with(String path, byte[] bytes) {
    TreeMap<String, byte[]> more = new TreeMap<>(content);
    more.put(path, bytes);
    return new StackFiles(more);
  }

  /** Returns a hash of all names and contents: the same exactly if all are the same. */
  public String hash() {
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, byte[]> file : content.entrySet()) {
        all.update(
            (file.getKey() + '\0' + file.getValue().length + '\0')
                .getBytes(StandardCharsets.UTF_8));
        all.update(file.getValue());
      }
      return HexFormat.of().formatHex(all.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks that {@code path} stays in the folder and is none of ours. */
  static void checkPath(String path) {
    boolean up = ("/" + path + "/").contains("/../") || ("/" + path + "/").contains("/./");
    if (!PATH.matcher(path).matches() || up || path.length() > 255 || path.endsWith(".new")) {
      throw invalid("a file's path is plain and relative, and " + clean(path) + " is not");
    }
  }

  /** Returns whether only its owner may read {@code path}. */
  static boolean isSecret(String path) {
    return path.equals(ENV) || path.endsWith(".env") || path.startsWith("secrets/");
  }

  private static String clean(String path) {
    return path.substring(0, Math.min(80, path.length())).replaceAll("[^ -~]", "?");
  }

  private static StackException invalid(String reason) {
    return new StackException(
        Code.INVALID, "Could not take the stack's files: " + reason + ". Change that.");
  }

  // Files hold passwords.
  @Override
  public String toString() {
    return "StackFiles" + content.keySet();
  }
}
