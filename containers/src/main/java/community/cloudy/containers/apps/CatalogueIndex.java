package community.cloudy.containers.apps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a catalogue holds, file by file: {@code index.json}.
 *
 * @param name the catalogue's, the same in all its versions
 * @param version counts up; a catalogue never goes back to a lower one
 * @param expires from then on nothing is installed from it, so that whoever holds back news is
 *     found out
 * @param files by path: {@code <app>/<file>}
 */
record CatalogueIndex(String name, long version, Instant expires, Map<String, Entry> files) {
  static final int MAX_INDEX = 1 << 20;
  static final int MAX_APPS = 200;
  static final long MAX_BYTES = 8L << 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper MAPPER = mapper();

  /** A file's SHA-256, in lower-case hexadecimal, and its size. */
  record Entry(String sha256, int size) {
    Entry {
      if (!HASH.matches(sha256) || size < 0 || size > AppFolder.MAX_FILE) {
        throw new IllegalArgumentException("a file's hash or size is out of bounds");
      }
    }

    static Entry of(byte[] content) {
      return new Entry(CatalogueIndex.sha256(content), content.length);
    }
  }

  CatalogueIndex {
    if (!NAME.matches(name) || version < 1) {
      throw new IllegalArgumentException("its name or version is out of bounds");
    }
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    Set<String> apps = new TreeSet<>();
    long bytes = 0;
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      String[] parts = file.getKey().split("/", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("a file is not at app/file");
      }
      apps.add(new AppId(parts[0]).value());
      AppFolder.checkName(parts[1]);
      bytes += file.getValue().size();
    }
    if (apps.isEmpty() || apps.size() > MAX_APPS || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "it must have 1 to %d apps of %d MiB in all".formatted(MAX_APPS, MAX_BYTES >> 20));
    }
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(4).maxStringLength(1024).build())
            .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads an index whose signature was found good.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static CatalogueIndex read(byte[] json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      JsonNode root = MAPPER.readTree(parser);
      requireKeys(root, Set.of("name", "version", "expires", "files"));
      Map<String, Entry> files = new TreeMap<>();
      for (Map.Entry<String, JsonNode> file : root.get("files").properties()) {
        requireKeys(file.getValue(), Set.of("sha256", "size"));
        files.put(
            file.getKey(),
            new Entry(
                file.getValue().get("sha256").asText(), file.getValue().get("size").asInt(-1)));
      }
      return new CatalogueIndex(
          root.get("name").asText(),
          root.get("version").asLong(-1),
          Instant.parse(root.get("expires").asText()),
          files);
    } catch (AppException | IOException | DateTimeException e) {
      throw new IllegalArgumentException("it is not an index: " + e.getMessage(), e);
    }
  }

  private static void requireKeys(JsonNode node, Set<String> keys) {
    Set<String> found = new TreeSet<>();
    node.fieldNames().forEachRemaining(found::add);
    if (!node.isObject() || !found.equals(keys)) {
      throw new IllegalArgumentException("it does not have exactly " + new TreeSet<>(keys));
    }
  }

  /** Returns the index as a file, the same bytes for the same index. */
  byte[] write() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("name", name).put("version", version).put("expires", expires.toString());
    ObjectNode list = root.putObject("files");
    files.forEach(
        (path, entry) ->
            list.putObject(path).put("sha256", entry.sha256()).put("size", entry.size()));
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }
}
