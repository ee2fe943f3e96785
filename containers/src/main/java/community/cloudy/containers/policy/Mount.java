package community.cloudy.containers.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place of a container's file system that comes from elsewhere.
 *
 * @param kind bind, volume or tmpfs; anything else is not allowed
 * @param source a path or a volume's name; empty for neither
 * @param options the mode's words: ro, z, ...
 */
record Mount(String kind, String source, List<String> options, Optional<String> strange) {
  private static final Pattern SHORT = Pattern.compile("(?:([^:]+):)?(/[^:]*)(?::([^:/]+))?");
  private static final Set<String> LONG_KEYS =
      Set.of("type", "source", "target", "read_only", "bind", "volume", "tmpfs", "consistency");
  private static final Map<String, Set<String>> DETAILS =
      Map.of(
          "bind", Set.of("create_host_path", "propagation", "selinux"),
          "volume", Set.of("nocopy", "subpath"),
          "tmpfs", Set.of("size", "mode"));

  Mount {
    options = List.copyOf(options);
  }

  boolean readOnly() {
    return options.contains("ro");
  }

  /** Reads an entry of a service's volumes; empty if it has no form this node knows. */
  static Optional<Mount> of(Yaml entry) {
    if (entry instanceof Yaml.Fields fields) {
      return Optional.of(longForm(fields));
    }
    return Yaml.text(entry).flatMap(Mount::shortForm);
  }

  /** Reads {@code [source:]target[:mode]}. */
  static Optional<Mount> shortForm(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String source = matcher.group(1) == null ? "" : matcher.group(1);
    List<String> options =
        matcher.group(3) == null ? List.of() : List.of(matcher.group(3).split(","));
    boolean path = source.contains("/") || source.startsWith(".") || source.startsWith("~");
    return Optional.of(new Mount(path ? "bind" : "volume", source, options, Optional.empty()));
  }

  private static Mount longForm(Yaml.Fields fields) {
    String kind = fields.text("type").orElse("volume");
    Optional<String> strange =
        fields.fields().keySet().stream().filter(key -> !LONG_KEYS.contains(key)).findAny();
    for (var detail : DETAILS.entrySet()) {
      Set<String> keys = fields.object(detail.getKey()).fields().keySet();
      strange =
          strange.or(() -> keys.stream().filter(k -> !detail.getValue().contains(k)).findAny());
    }
    List<String> options = new java.util.ArrayList<>();
    if (fields.text("read_only").orElse("").equals("true")) {
      options.add("ro");
    }
    fields.object("bind").text("propagation").ifPresent(options::add);
    fields.object("tmpfs").text("size").ifPresent(size -> options.add("size=" + size));
    return new Mount(kind, fields.text("source").orElse(""), options, strange);
  }
}
