package community.cloudy.containers.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an archive holds: {@code manifest.json}, its last entry.
 *
 * @param stack the stack's name
 * @param made when
 * @param reason why: {@code asked}, {@code scheduled}, {@code before update} and the like
 * @param files the stack's own files
 * @param data what its containers keep
 * @param images what its containers were made of
 */
public record Manifest(
    String stack,
    Instant made,
    String reason,
    List<Part> files,
    List<Data> data,
    List<String> images) {
  static final String NAME = "manifest.json";
  static final int MAX = 256 * 1024;
  static final String FILES = "files/";
  static final String DATA = "data/";
  private static final int FORMAT = 1;
  private static final int MAX_PARTS = 128;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(6).maxStringLength(4096).build())
              .build());

  /**
   * An entry of the archive.
   *
   * @param name in the archive
   * @param sha256 in lower-case hexadecimal
   * @param size bytes, unpacked
   */
  public record Part(String name, String sha256, long size) {
    /** Checks the form. */
    public Part {
      if (!name.matches("(files|data)/[^\\p{Cntrl}\\\\]{1,255}")
          || !sha256.matches("[0-9a-f]{64}")
          || size < 0) {
        throw new IllegalArgumentException("a part is out of bounds");
      }
    }
  }

  /**
   * The data of one volume.
   *
   * @param part a tar whose root is the folder named {@code root}
   * @param volume its name in compose.yaml
   * @param name its name at the engine, where that was chosen; empty where Compose made it up
   */
  public record Data(Part part, String volume, String name, String root) {
    /** Checks the form. */
    public Data {
      if (!volume.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}")
          || !name.matches("([a-zA-Z0-9][a-zA-Z0-9_.-]{0,127})?")
          || !root.matches("[^/\\p{Cntrl}]{1,255}")
          || root.equals("..")
          || root.equals(".")) {
        throw new IllegalArgumentException("a volume's entry is out of bounds");
      }
    }
  }

  /** Checks how much there is and that no part is there twice. */
  public Manifest {
    files = List.copyOf(files);
    data = List.copyOf(data);
    images = List.copyOf(images);
    Set<String> names = new HashSet<>();
    for (Part part : files) {
      check(part.name().startsWith(FILES) && names.add(part.name()));
    }
    for (Data volume : data) {
      check(volume.part().name().startsWith(DATA) && names.add(volume.part().name()));
    }
    check(names.size() <= MAX_PARTS && stack.matches("[a-z0-9][a-z0-9-]{0,39}"));
    check(reason.matches("[a-z ]{1,40}") && images.size() <= MAX_PARTS);
  }

  private static void check(boolean sound) {
    if (!sound) {
      throw new IllegalArgumentException("the manifest is out of bounds");
    }
  }

  /** Returns all parts. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(files);
    data.forEach(volume -> parts.add(volume.part()));
    return parts;
  }

  /** Returns how many bytes all of it has, unpacked. */
  public long size() {
    return parts().stream().mapToLong(Part::size).sum();
  }

  byte[] write() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("stack", stack).put("made", made.toString());
    root.put("reason", reason);
    files.forEach(part -> put(root.withArray("files").addObject(), part));
    data.forEach(
        volume ->
            put(root.withArray("data").addObject(), volume.part())
                .put("volume", volume.volume())
                .put("as", volume.name())
                .put("root", volume.root()));
    images.forEach(image -> root.withArray("images").add(image));
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode put(ObjectNode node, Part part) {
    return node.put("name", part.name()).put("sha256", part.sha256()).put("size", part.size());
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException if it is none, or one of a later format
   */
  static Manifest read(byte[] json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      JsonNode root = MAPPER.readTree(parser);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException("its format is not known here");
      }
      List<Part> files = new ArrayList<>();
      root.path("files").forEach(node -> files.add(part(node)));
      List<Data> data = new ArrayList<>();
      root.path("data")
          .forEach(
              node ->
                  data.add(
                      new Data(
                          part(node),
                          node.path("volume").asText(),
                          node.path("as").asText(),
                          node.path("root").asText())));
      List<String> images = new ArrayList<>();
      root.path("images").forEach(node -> images.add(node.asText()));
      return new Manifest(
          root.path("stack").asText(),
          Instant.parse(root.path("made").asText()),
          root.path("reason").asText(),
          files,
          data,
          images);
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("its manifest cannot be read", e);
    }
  }

  private static Part part(JsonNode node) {
    return new Part(
        node.path("name").asText(), node.path("sha256").asText(), node.path("size").asLong(-1));
  }
}
