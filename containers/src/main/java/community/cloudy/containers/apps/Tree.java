package community.cloudy.containers.apps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks into YAML that may lack anything; nothing found is an empty tree. */
final class Tree {
  private static final int MAX_ITEMS = 64;
  private final @Nullable YamlNode node;

  Tree(@Nullable YamlNode node) {
    this.node = node;
  }

  boolean isEmpty() {
    return node == null;
  }

  Tree child(String key) {
    return new Tree(node instanceof YamlNode.Fields map ? map.fields().get(key) : null);
  }

  /** Returns what is in a map, in order; empty if it is none. */
  Map<String, Tree> children() {
    Map<String, Tree> children = new LinkedHashMap<>();
    if (node instanceof YamlNode.Fields map) {
      map.fields().entrySet().stream()
          .limit(MAX_ITEMS)
          .forEach(entry -> children.put(entry.getKey(), new Tree(entry.getValue())));
    }
    return children;
  }

  /** Returns what is in a list; empty if it is none. */
  List<Tree> items() {
    return node instanceof YamlNode.Items list
        ? list.items().stream().limit(MAX_ITEMS).map(Tree::new).toList()
        : List.of();
  }

  /** Returns a single value as it is spelled. */
  Optional<String> text() {
    if (node instanceof YamlNode.Text text) {
      return Optional.of(text.value());
    }
    return node instanceof YamlNode.Plain plain ? Optional.of(plain.value()) : Optional.empty();
  }

  Optional<String> text(String key) {
    return child(key).text();
  }

  /** Returns a map of single values, or a list of {@code NAME=value}. */
  Map<String, String> pairs() {
    Map<String, String> pairs = new LinkedHashMap<>();
    children().forEach((name, value) -> pairs.put(name, value.text().orElse("")));
    for (Tree item : items()) {
      String[] parts = item.text().orElse("").split("=", 2);
      pairs.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return pairs;
  }

  /** Returns the value as Java has it, each text through {@code change}. */
  Object plain(UnaryOperator<String> change) {
    if (node instanceof YamlNode.Fields) {
      Map<String, Object> map = new LinkedHashMap<>();
      children().forEach((key, value) -> map.put(key, value.plain(change)));
      return map;
    }
    if (node instanceof YamlNode.Items) {
      List<Object> list = new ArrayList<>();
      items().forEach(item -> list.add(item.plain(change)));
      return list;
    }
    String text = text().orElse("");
    if (node instanceof YamlNode.Plain plain) {
      if (plain.kind().equals("true or false")) {
        return text.equalsIgnoreCase("true");
      }
      if (plain.kind().equals("a whole number") && text.matches("-?[0-9]{1,15}")) {
        return Long.parseLong(text);
      }
    }
    return change.apply(text);
  }
}
