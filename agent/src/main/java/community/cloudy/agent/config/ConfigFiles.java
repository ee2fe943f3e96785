package community.cloudy.agent.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sources of a configuration, weakest first: the file, {@code conf.d/*.yaml} beside it in order
 * of name, and {@code key=value} overrides.
 *
 * @param file empty for the default file, which need not exist
 * @param overrides such as {@code gossip.bind=127.0.0.1:7946}; values are YAML
 */
public record ConfigFiles(Optional<Path> file, List<String> overrides) {
  private static final Path DEFAULT = Path.of("/etc/cloudy/cloudy.yaml");
  private static final int MAX_DROP_INS = 256;

  /** Copies the list. */
  public ConfigFiles {
    overrides = List.copyOf(overrides);
  }

  /**
   * Reads, merges and checks everything.
   *
   * @throws ConfigException with all that is wrong
   */
  public AgentConfig load() {
    return load(new HashMap<>());
  }

  /**
   * Returns every key, in order, also those that are not written.
   *
   * @throws ConfigException with all that is wrong
   */
  public List<ConfigValue> values() {
    Map<String, ConfigValue> read = new LinkedHashMap<>();
    load(read);
    return List.copyOf(read.values());
  }

  private AgentConfig load(Map<String, ConfigValue> read) {
    Problems problems = new Problems();
    Yaml.Fields root = Yaml.Fields.empty(Origin.whole(main().toString()));
    for (Path path : paths(problems)) {
      root = root.merge(read(path, problems));
    }
    for (String override : overrides) {
      root = root.merge(override(override, problems));
    }
    AgentConfig config = Binding.agent(new Section("", root, problems, read), problems);
    problems.throwIfAny();
    return config;
  }

  /** Returns the main file. */
  public Path main() {
    return file.orElse(DEFAULT);
  }

  /** Returns the folder of files that are laid over the first. */
  Path folder() {
    return main().resolveSibling("conf.d");
  }

  private List<Path> paths(Problems problems) {
    List<Path> paths = new ArrayList<>();
    if (file.isPresent() || Files.exists(DEFAULT)) {
      paths.add(main());
    }
    Path folder = folder();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> entry.toString().endsWith(".yaml"))
          .sorted()
          .limit(MAX_DROP_INS)
          .forEach(paths::add);
    } catch (NotDirectoryException | NoSuchFileException e) {
      return paths;
    } catch (IOException | UncheckedIOException e) {
      problems.add(
          Origin.whole(folder.toString()), "could not list the folder: " + e.getMessage() + ".");
    }
    return paths;
  }

  private static Yaml.Fields read(Path path, Problems problems) {
    Origin origin = Origin.whole(path.toString());
    try {
      String text = BoundedFile.read(path, YamlParser.MAX_CODE_POINTS);
      return asFields(origin, YamlParser.parse(path.toString(), text, problems), problems);
    } catch (IllegalArgumentException e) {
      problems.add(origin, "could not be read: " + e.getMessage() + ".");
      return Yaml.Fields.empty(origin);
    }
  }

  private static Yaml.Fields asFields(Origin origin, Optional<Yaml> root, Problems problems) {
    if (root.isEmpty() || (root.get() instanceof Yaml.Scalar scalar && scalar.isNull())) {
      return Yaml.Fields.empty(origin);
    }
    if (root.get() instanceof Yaml.Fields fields) {
      return fields;
    }
    problems.add(
        root.get().origin(), "a configuration must be a map, not " + root.get().kind() + ".");
    return Yaml.Fields.empty(origin);
  }

  private static Yaml.Fields override(String override, Problems problems) {
    int equals = override.indexOf('=');
    Origin origin =
        Origin.whole("--set " + (equals < 0 ? override : override.substring(0, equals)));
    if (equals < 1) {
      problems.add(origin, "must be key=value, such as gossip.bind=127.0.0.1:7946.");
      return Yaml.Fields.empty(origin);
    }
    Yaml value =
        YamlParser.parse(origin.source(), override.substring(equals + 1), problems)
            .orElse(new Yaml.Scalar(origin, "", true));
    List<String> keys = List.of(override.substring(0, equals).split("\\.", -1));
    for (int i = keys.size() - 1; i >= 0; i--) {
      Map<String, Yaml.Field> field = new LinkedHashMap<>();
      field.put(keys.get(i), new Yaml.Field(origin, value));
      value = new Yaml.Fields(origin, field);
    }
    return (Yaml.Fields) value;
  }
}
