package community.cloudy.containers.apps;

import community.cloudy.containers.apps.YamlNode.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A map of {@code app.yaml} while its keys are read. A key that {@link #end} finds unread is
 * unknown. Parsers refuse with {@link IllegalArgumentException}; its message becomes the problem's.
 * After a problem, reading goes on so that all are found at once, with {@link Optional#empty} for
 * what is not known.
 */
final class Section {
  private final String path;
  private final At at;
  private final Map<String, YamlNode> fields;
  private final List<AppProblem> problems;
  private final Set<String> known = new TreeSet<>();

  private Section(String path, At at, Map<String, YamlNode> fields, List<AppProblem> problems) {
    this.path = path;
    this.at = at;
    this.fields = fields;
    this.problems = problems;
  }

  static Section root(YamlNode node, List<AppProblem> problems) {
    return of("", node, problems);
  }

  private static Section of(String path, YamlNode node, List<AppProblem> problems) {
    if (node instanceof YamlNode.Fields map) {
      return new Section(path, map.at(), map.fields(), problems);
    }
    Section none = new Section(path, node.at(), Map.of(), problems);
    none.problem(node.at(), "must be a map, not " + node.kind());
    return none;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** Reads text that must be there. */
  <T> Optional<T> text(String key, Function<String, T> parser) {
    return needed(key).flatMap(node -> parsed(key, node, parser));
  }

  /** Reads text that may be left out. */
  <T> Optional<T> optional(String key, Function<String, T> parser) {
    return found(key).flatMap(node -> parsed(key, node, parser));
  }

  /** Reads a whole number that may be left out. */
  long number(String key, long fallback, long min, long max) {
    Optional<YamlNode> node = found(key);
    if (node.isEmpty()) {
      return fallback;
    }
    if (node.get() instanceof YamlNode.Plain plain && plain.kind().equals("a whole number")) {
      try {
        long number = Numbers.whole(plain.value());
        if (number >= min && number <= max) {
          return number;
        }
      } catch (IllegalArgumentException e) {
        problem(plain.at(), name(key) + " " + e.getMessage());
        return fallback;
      }
    }
    problem(node.get().at(), name(key) + " must be a whole number, " + min + " to " + max);
    return fallback;
  }

  /** Reads true or false. */
  boolean flag(String key, boolean fallback) {
    Optional<YamlNode> node = found(key);
    if (node.isEmpty()) {
      return fallback;
    }
    if (node.get() instanceof YamlNode.Plain plain && plain.kind().equals("true or false")) {
      return plain.value().equalsIgnoreCase("true");
    }
    problem(node.get().at(), name(key) + " must be true or false, not " + node.get().kind());
    return fallback;
  }

  /** Reads a list of at most {@code most} texts. */
  <T> List<T> texts(String key, int most, Function<String, T> parser) {
    List<T> texts = new ArrayList<>();
    for (YamlNode item : items(key, most)) {
      parsed(key, item, parser).ifPresent(texts::add);
    }
    return texts;
  }

  /** Reads a list of at most {@code most} maps. */
  List<Section> sections(String key, int most) {
    List<Section> sections = new ArrayList<>();
    List<YamlNode> items = items(key, most);
    for (int i = 0; i < items.size(); i++) {
      sections.add(of(name(key) + "[" + i + "]", items.get(i), problems));
    }
    return sections;
  }

  private List<YamlNode> items(String key, int most) {
    Optional<YamlNode> node = found(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof YamlNode.Items list)) {
      problem(node.get().at(), name(key) + " must be a list, not " + node.get().kind());
      return List.of();
    }
    if (list.items().size() > most) {
      problem(list.at(), name(key) + " must have at most " + most + " items");
      return List.of();
    }
    return list.items();
  }

  /** Opens the map under {@code key}, which must be there. */
  Optional<Section> section(String key) {
    return needed(key).map(node -> of(name(key), node, problems));
  }

  /** Opens the map under {@code key}, which may be left out. */
  Optional<Section> optionalSection(String key) {
    return found(key).map(node -> of(name(key), node, problems));
  }

  /** Makes something of values that must fit together. */
  <T> Optional<T> made(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      problem(at, (path.isEmpty() ? "" : path + " ") + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reports every key that was not read. */
  void end() {
    fields.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            problem(
                node.at(),
                "unknown key " + name(key) + ". Known here: " + String.join(", ", known));
          }
        });
  }

  private Optional<YamlNode> found(String key) {
    known.add(key);
    return Optional.ofNullable(fields.get(key));
  }

  private Optional<YamlNode> needed(String key) {
    Optional<YamlNode> node = found(key);
    if (node.isEmpty()) {
      problem(at, name(key) + " is missing");
    }
    return node;
  }

  private <T> Optional<T> parsed(String key, YamlNode node, Function<String, T> parser) {
    if (!(node instanceof YamlNode.Text text)) {
      String remedy = node instanceof YamlNode.Plain ? ". Put it in quotes" : "";
      problem(node.at(), name(key) + " must be text, not " + node.kind() + remedy);
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.value()));
    } catch (IllegalArgumentException e) {
      problem(node.at(), name(key) + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private void problem(At where, String message) {
    problems.add(
        new AppProblem(AppFolder.METADATA, where.line(), where.column(), message.strip() + "."));
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
