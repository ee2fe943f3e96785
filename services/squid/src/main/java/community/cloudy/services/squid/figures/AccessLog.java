package community.cloudy.services.squid.figures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what Squid writes into its log, as it grows: {@code TIME RESULT/STATUS BYTES}, and, where
 * people are told apart, {@code LOGIN ADDRESS DOMAIN}. Thread-safe.
 */
public final class AccessLog {
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9]{1,12}) ([A-Z_]{1,60})/([0-9]{1,3}) ([0-9]{1,18})(?: (\\S+) (\\S+) (\\S+))?");
  private static final int BUFFER = 1 << 16;
  private static final int MAX_A_TURN = 64 << 20;
  private static final int MAX_NAMES = 1000;
  private static final String OTHERS = "(others)";

  private final Path file;
  private final Map<String, Traffic> people = new HashMap<>();
  private final Map<String, Traffic> sites = new HashMap<>();
  private Traffic all = Traffic.NONE;
  private @Nullable Object key;
  private long offset;
  private String rest = "";

  /** Reads a log that need not be there yet. */
  public AccessLog(Path file) {
    this.file = file;
  }

  /** Reads what is new; a log that was begun anew is read from its beginning. */
  public synchronized void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (!now.equals(key) || channel.size() < offset) {
        key = now;
        offset = 0;
        rest = "";
      }
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (int turn = 0; turn < MAX_A_TURN / BUFFER && channel.read(buffer) > 0; turn++) {
        add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
        buffer.clear();
      }
      offset = channel.position();
    }
  }

  private void add(String text) {
    String whole = rest + text;
    int last = whole.lastIndexOf('\n');
    whole.substring(0, last + 1).lines().forEach(this::line);
    rest = whole.substring(last + 1);
    if (rest.length() > BUFFER) {
      rest = "";
    }
  }

  private void line(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    String result = matcher.group(2);
    Traffic one =
        new Traffic(
            1,
            result.contains("HIT") ? 1 : 0,
            result.contains("DENIED") ? 1 : 0,
            Long.parseLong(matcher.group(4)));
    all = all.plus(one);
    Optional.ofNullable(matcher.group(5)).ifPresent(name -> add(people, name, one));
    Optional.ofNullable(matcher.group(7)).ifPresent(name -> add(sites, name, one));
  }

  private static void add(Map<String, Traffic> by, String name, Traffic one) {
    String known = by.size() < MAX_NAMES || by.containsKey(name) ? name : OTHERS;
    by.merge(known, one, Traffic::plus);
  }

  /** Returns everything together. */
  public synchronized Traffic all() {
    return all;
  }

  /** Returns the logins with the most bytes, the first ones first. */
  public synchronized Map<String, Traffic> people(int most) {
    return top(people, most);
  }

  /** Returns the sites with the most bytes, the first ones first. */
  public synchronized Map<String, Traffic> sites(int most) {
    return top(sites, most);
  }

  private static Map<String, Traffic> top(Map<String, Traffic> by, int most) {
    Map<String, Traffic> top = new LinkedHashMap<>();
    by.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Traffic::bytes).reversed()))
        .limit(most)
        .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return top;
  }
}
