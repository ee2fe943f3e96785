package community.cloudy.gossip.discovery.store;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which key each node's name belongs to: one line a node, the key in hexadecimal, a space and the
 * name. Unlike the catalogue this cannot be had again from peers, so a damaged one stops the start.
 */
public final class PinFile {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (.{1,128})");
  private static final int MAX_BYTES = 8 << 20;

  private final Path file;

  /** Keeps it in {@code file}. */
  public PinFile(Path file) {
    this.file = file;
  }

  /** Writes {@code pins}. */
  public void write(Map<String, NodeKey> pins) throws IOException {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(pins)
        .forEach(
            (node, key) ->
                text.append(HexFormat.of().formatHex(key.raw().array()))
                    .append(' ')
                    .append(node)
                    .append('\n'));
    SafeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  /**
   * Reads the pins; none if there is no file.
   *
   * @throws IOException if it cannot be read or is damaged; the message names the line
   */
  public Map<String, NodeKey> read() throws IOException {
    Map<String, NodeKey> pins = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return pins;
    }
    int number = 0;
    for (String line :
        new String(SafeFile.read(file, MAX_BYTES), StandardCharsets.UTF_8).lines().toList()) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IOException("line " + number + " is not a key and a name");
      }
      pins.put(
          matcher.group(2), new NodeKey(Bytes.wrap(HexFormat.of().parseHex(matcher.group(1)))));
    }
    return pins;
  }
}
