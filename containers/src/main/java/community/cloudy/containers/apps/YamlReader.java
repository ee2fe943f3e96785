package community.cloudy.containers.apps;

import community.cloudy.containers.apps.YamlNode.At;
import java.util.ArrayList;
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
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * Builds a tree from the parser's events, so that depth is bounded before anything recurses. No
 * anchors, aliases, tags or second documents: strangers write these files.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 24;
  private static final CoreScalarResolver WORDS = new CoreScalarResolver(false);

  private final String file;
  private final Iterator<Event> events;

  private YamlReader(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * Reads the one document in {@code text}.
   *
   * @throws AppException if it is not one plain document; says the line and the column
   */
  static YamlNode read(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(AppFolder.MAX_FILE).build();
    try {
      return new YamlReader(file, new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      At at = e.getProblemMark().map(At::of).orElse(new At(1, 1));
      throw refusal(at, "not YAML: " + e.getProblem() + ".", file);
    } catch (YamlEngineException e) {
      throw refusal(new At(1, 1), "not YAML: " + e.getMessage() + ".", file);
    }
  }

  private YamlNode document() {
    Optional<YamlNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        root = Optional.of(value(node, 1));
      } else if (event instanceof DocumentStartEvent && root.isPresent()) {
        throw refusal(at(event), "a second document. Keep one document in a file.");
      }
    }
    return root.orElseThrow(() -> refusal(new At(1, 1), "nothing is written."));
  }

  private YamlNode value(Event event, int depth) {
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      String what = event instanceof AliasEvent ? "alias" : "anchor";
      throw refusal(at(event), "an " + what + ". Write the value out instead.");
    }
    if (depth > MAX_DEPTH) {
      throw refusal(at(event), "nested more than " + MAX_DEPTH + " levels deep.");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      return scalar(scalar);
    }
    if (event instanceof SequenceStartEvent sequence) {
      refuseTag(event, sequence.getTag());
      return items(at(event), depth);
    }
    if (event instanceof MappingStartEvent mapping) {
      refuseTag(event, mapping.getTag());
      return fields(at(event), depth);
    }
    throw new IllegalStateException("event " + event);
  }

  private static YamlNode scalar(ScalarEvent scalar) {
    At at = at(scalar);
    Tag tag = scalar.isPlain() ? WORDS.resolve(scalar.getValue(), true) : Tag.STR;
    if (tag.equals(Tag.STR)) {
      return new YamlNode.Text(at, scalar.getValue());
    }
    String kind =
        tag.equals(Tag.INT)
            ? "a whole number"
            : tag.equals(Tag.BOOL)
                ? "true or false"
                : tag.equals(Tag.NULL) ? "nothing" : "a number";
    return new YamlNode.Plain(at, scalar.getValue(), kind);
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw refusal(at(event), "a tag, " + tag.get() + ". Leave it out.");
    }
  }

  private YamlNode items(At at, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new YamlNode.Items(at, items);
  }

  private YamlNode fields(At at, int depth) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      YamlNode key = value(e, depth + 1);
      if (!(key instanceof YamlNode.Text name)) {
        throw refusal(key.at(), "a key must be text, not " + key.kind() + ".");
      }
      if (fields.put(name.value(), value(events.next(), depth + 1)) != null) {
        throw refusal(key.at(), "key " + name.value() + " is set twice. Keep one.");
      }
    }
    return new YamlNode.Fields(at, fields);
  }

  private static At at(Event event) {
    return event.getStartMark().map(At::of).orElse(new At(1, 1));
  }

  private AppException refusal(At at, String message) {
    return refusal(at, message, file);
  }

  private static AppException refusal(At at, String message, String file) {
    return new AppException(
        "read the app", List.of(new AppProblem(file, at.line(), at.column(), message)));
  }
}
