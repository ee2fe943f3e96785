package community.cloudy.containers.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document from the parser's events, so that size, depth and what aliases unfold to
 * are bounded before anything recurses.
 *
 * <p>Compose reads YAML 1.1 in one program and 1.2 in another. What the two would read differently
 * (line breaks other than LF, tags, a second document) is refused, or a key could hide from us.
 */
public final class YamlReader {
  /** The longest document read, in characters. */
  public static final int MAX_LENGTH = 512 * 1024;

  private static final int MAX_DEPTH = 24;
  private static final int MAX_VALUES = 20_000;

  private final String file;
  private final Iterator<Event> events;
  private final Map<String, Yaml> anchors = new HashMap<>();
  private int values;

  private YamlReader(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * Reads {@code text}, which must be an object.
   *
   * @param file its name, for messages
   * @throws PolicyException if it is not one YAML object within the bounds
   */
  public static Yaml.Fields read(String file, String text) {
    if (text.length() > MAX_LENGTH) {
      throw refused(file, 0, "has more than " + MAX_LENGTH + " characters", "Shorten it.");
    }
    refuseStrangeCharacters(file, text);
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_LENGTH).build();
    try {
      return new YamlReader(file, new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw refused(file, line, "is not YAML: " + e.getProblem(), "Mend it.");
    } catch (YamlEngineException e) {
      throw refused(file, 0, "is not YAML: " + e.getMessage(), "Mend it.");
    }
  }

  private static void refuseStrangeCharacters(String file, String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = c == '\u0085' || c == '\u2028' || c == '\u2029' || c == '\ufeff';
      boolean control = c < ' ' && c != '\n' && c != '\t' && !(c == '\r' && next(text, i) == '\n');
      if (breaks || control || c == 0x7f) {
        throw refused(
            file, line, "has the character U+%04X".formatted((int) c), "Take the character out.");
      }
      line += c == '\n' ? 1 : 0;
    }
  }

  private static char next(String text, int i) {
    return i + 1 < text.length() ? text.charAt(i + 1) : 0;
  }

  private Yaml.Fields document() {
    Optional<Yaml> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        root = Optional.of(value(node, 1));
      } else if (event instanceof DocumentStartEvent start) {
        if (root.isPresent() || start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
          throw refused(line(event), "has a second document or a directive", "Keep one document.");
        }
      }
    }
    return root.flatMap(Yaml::asFields)
        .orElseThrow(() -> refused(1, "is no YAML object", "Begin with the key services."));
  }

  private Yaml value(Event event, int depth) {
    if (++values > MAX_VALUES) {
      throw refused(line(event), "has more than " + MAX_VALUES + " values", "Shorten it.");
    }
    if (depth > MAX_DEPTH) {
      throw refused(line(event), "nests more than " + MAX_DEPTH + " levels deep", "Flatten it.");
    }
    if (event instanceof AliasEvent alias) {
      return unfolded(alias, depth);
    }
    Yaml value = fresh(event, depth);
    if (event instanceof NodeEvent node) {
      node.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), value));
    }
    return value;
  }

  private Yaml fresh(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      return new Yaml.Scalar(line(event), scalar.getValue(), scalar.isPlain());
    }
    if (event instanceof SequenceStartEvent sequence) {
      refuseTag(event, sequence.getTag());
      return items(line(event), depth);
    }
    if (event instanceof MappingStartEvent mapping) {
      refuseTag(event, mapping.getTag());
      return fields(line(event), depth);
    }
    throw new IllegalStateException("event " + event);
  }

  /** An alias counts as all it stands for: a few lines could stand for millions of values. */
  private Yaml unfolded(AliasEvent alias, int depth) {
    String name = alias.getAlias().getValue();
    Yaml value = anchors.get(name);
    if (value == null) {
      throw refused(line(alias), "uses *" + name + " before its anchor", "Write the value out.");
    }
    count(value, depth, line(alias));
    return value;
  }

  private void count(Yaml value, int depth, int line) {
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw refused(line, "unfolds to too many values", "Use fewer aliases.");
    }
    if (value instanceof Yaml.Items items) {
      items.items().forEach(item -> count(item, depth + 1, line));
    } else if (value instanceof Yaml.Fields fields) {
      fields.fields().values().forEach(field -> count(field.value(), depth + 1, line));
    }
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw refused(line(event), "has the tag " + tag.get(), "Leave the tag out.");
    }
  }

  private Yaml items(int line, int depth) {
    List<Yaml> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new Yaml.Items(line, items);
  }

  private Yaml fields(int line, int depth) {
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      Yaml key = value(e, depth + 1);
      Yaml value = value(events.next(), depth + 1);
      if (!(key instanceof Yaml.Scalar name)) {
        throw refused(key.line(), "has a key that is no single value", "Name it by one word.");
      }
      if (fields.putIfAbsent(name.text(), new Yaml.Field(key.line(), value)) != null) {
        throw refused(key.line(), "sets " + name.text() + " twice", "Keep one.");
      }
    }
    return new Yaml.Fields(line, fields);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private PolicyException refused(int line, String reason, String remedy) {
    return refused(file, line, reason, remedy);
  }

  private static PolicyException refused(String file, int line, String reason, String remedy) {
    return new PolicyException(List.of(new Refusal("", file, line, reason, remedy)));
  }
}
