package community.cloudy.containers.apps;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A YAML value that remembers where it was written. */
sealed interface YamlNode {
  /** Returns where it begins. */
  At at();

  /** Returns a word for this kind of value, for messages. */
  String kind();

  /**
   * A place in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  record At(int line, int column) {
    static At of(Mark mark) {
      return new At(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  /** A text: quoted, or plain and neither number, flag nor null. */
  record Text(At at, String value) implements YamlNode {
    @Override
    public String kind() {
      return "text";
    }
  }

  /** A plain number, flag or null, by its spelling. */
  record Plain(At at, String value, String kind) implements YamlNode {}

  /** A list. */
  record Items(At at, List<YamlNode> items) implements YamlNode {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map, in the order written. */
  record Fields(At at, Map<String, YamlNode> fields) implements YamlNode {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String kind() {
      return "a map";
    }
  }
}
