package community.cloudy.services.bind.zone;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which serial each zone's content has: a zone has a new one exactly when its content is another.
 * Numbers are kept before they are used, so that none is given out twice, even if the files that
 * carry it are refused. Used by one thread at a time.
 */
public final class Serials {
  private static final int MAX_FILE = 16 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final InstantSource clock;
  private final Map<String, Given> given;

  /**
   * The serial of a content.
   *
   * @param content its hash
   * @param serial what it was given
   */
  record Given(String content, long serial) {}

  /**
   * Reads what was given out.
   *
   * @throws IOException if the file cannot be read
   */
  public Serials(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.clock = clock;
    given =
        Files.exists(file)
            ? JSON.readValue(SafeFile.read(file, MAX_FILE), new TypeReference<>() {})
            : new TreeMap<>();
  }

  /** Returns the serial of a zone as it is. */
  public Serial of(Zone.Primary zone) {
    String key = zone.view().name().toLowerCase(Locale.ROOT) + "/" + zone.name();
    String content = hash(ZoneFile.of(zone, new Serial(0)));
    Given before = given.getOrDefault(key, new Given("", -1));
    Serial serial =
        before.content().equals(content)
            ? new Serial(before.serial())
            : next(before.serial(), zone.serial());
    given.put(key, new Given(content, serial.number()));
    return serial;
  }

  private Serial next(long before, long least) {
    Serial next =
        before < 0 ? Serial.at(clock.instant()) : new Serial(before).next(clock.instant());
    Serial asked = new Serial(least);
    return least > 0 && !next.isAfter(asked) ? asked.next(clock.instant()) : next;
  }

  /**
   * Keeps what was given out.
   *
   * @throws IOException if it cannot be written; then it must not be used
   */
  public void keep() throws IOException {
    SafeFile.write(file, JSON.writeValueAsBytes(given), "rw-------");
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
