package community.cloudy.containers.apps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a stack that came of an app remembers of it. It is among the stack's files, so that it goes
 * with them through versions, backups and other nodes.
 *
 * @param catalogue where the app came from
 * @param app as it was installed
 * @param hashes of the files that came with it, by name; none where a Cloudy that did not keep them
 *     installed it, and {@code catalogue} is a guess
 */
public record InstalledApp(String catalogue, App app, Map<String, String> hashes) {
  /** The file that says where a stack's {@code app.yaml} came from. No app can bring one. */
  public static final String FILE = ".app.json";

  private static final int MAX = 16 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
              .build());

  /** Copies the map. */
  public InstalledApp {
    hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
  }

  /** Returns the app that a stack with these files was made of, if it was. */
  public static Optional<InstalledApp> among(Map<String, byte[]> files) {
    return App.among(files).map(app -> of(app, files.getOrDefault(FILE, new byte[0])));
  }

  private static InstalledApp of(App app, byte[] origin) {
    Map<String, String> hashes = new TreeMap<>();
    try {
      JsonNode json = JSON.readTree(origin.length > MAX ? new byte[0] : origin);
      String catalogue = json.path("catalogue").asText();
      json.path("files").properties().forEach(e -> hashes.put(e.getKey(), e.getValue().asText()));
      return new InstalledApp(catalogue.isEmpty() ? AppShelf.SHIPPED : catalogue, app, hashes);
    } catch (IOException e) {
      return new InstalledApp(AppShelf.SHIPPED, app, Map.of());
    }
  }

  /** Returns the content of {@link #FILE} for a stack that is made of {@code offer}. */
  public static byte[] origin(AppShelf.Offer offer) {
    ObjectNode json = JSON.createObjectNode().put("catalogue", offer.catalogue());
    ObjectNode hashes = json.putObject("files");
    offer.folder().files().forEach((name, bytes) -> hashes.put(name, CatalogueIndex.sha256(bytes)));
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the names of those files of a stack in which a person wrote what an update to {@code
   * newer} would leave out.
   *
   * @param files as they are
   */
  public List<String> edited(AppFolder newer, Map<String, byte[]> files) {
    List<String> edited = new ArrayList<>();
    newer
        .files()
        .forEach(
            (name, content) -> {
              byte[] now = files.getOrDefault(name, content);
              if (!Arrays.equals(now, content)
                  && !CatalogueIndex.sha256(now).equals(hashes.get(name))) {
                edited.add(name);
              }
            });
    Set<String> names = app.fields().stream().map(Field::name).collect(Collectors.toSet());
    String env =
        new String(files.getOrDefault(Installation.ENV, new byte[0]), StandardCharsets.UTF_8);
    if (!DotEnv.hasOnly(env, names)) {
      edited.add(Installation.ENV);
    }
    return edited;
  }

  /** Returns the ports that a stack with these files was given. */
  public Set<Integer> ports(Map<String, byte[]> files) {
    return app.fields().stream()
        .filter(field -> field.kind() instanceof FieldKind.Port)
        .flatMap(field -> port(field, files).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<Integer> port(Field field, Map<String, byte[]> files) {
    try {
      return field.among(files).map(field.kind()::checked).map(Integer::valueOf);
    } catch (IllegalArgumentException e) {
      // Said when the form is filled.
      return Optional.empty();
    }
  }

  /**
   * Returns the fields for which a stack with these files has no value that {@code newer} takes.
   */
  public static List<String> lacking(App newer, Map<String, byte[]> files) {
    return newer.fields().stream().filter(field -> lacks(field, files)).map(Field::name).toList();
  }

  private static boolean lacks(Field field, Map<String, byte[]> files) {
    boolean made = field.kind() instanceof FieldKind.Generated || field.fallback().isPresent();
    try {
      Optional<String> value = field.among(files).filter(it -> !it.isEmpty());
      return value.map(field.kind()::checked).isEmpty() && field.required() && !made;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
