package community.cloudy.agent.config;

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
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a {@link Yaml} tree from the parser's events, so that depth is bounded before anything
 * recurses. No anchors, aliases, tags or second documents: a configuration needs none of them.
 */
final class YamlParser {
  static final int MAX_CODE_POINTS = 256 * 1024;
  private static final int MAX_DEPTH = 16;

  private final String source;
  private final Iterator<Event> events;
  private final Problems problems;

  private YamlParser(String source, Iterator<Event> events, Problems problems) {
    this.source = source;
    this.events = events;
    this.problems = problems;
  }

  /**
   * Parses one document; empty if there is none or it cannot be parsed, which is then among {@code
   * problems}.
   */
  static Optional<Yaml> parse(String source, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(source).setCodePointLimit(MAX_CODE_POINTS).build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      return new YamlParser(source, events, problems).document();
    } catch (ConfigException e) {
      e.problems().forEach(problems::add);
    } catch (MarkedYamlEngineException e) {
      Origin origin = e.getProblemMark().map(mark -> at(source, mark)).orElse(Origin.whole(source));
      problems.add(origin, "not YAML: " + e.getProblem() + ".");
    } catch (YamlEngineException e) {
      problems.add(Origin.whole(source), "not YAML: " + e.getMessage() + ".");
    }
    return Optional.empty();
  }

  private Optional<Yaml> document() {
    Optional<Yaml> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        root = Optional.of(value(node, 1));
      } else if (event instanceof DocumentStartEvent && root.isPresent()) {
        throw new ConfigException(at(event), "a second document. Keep one document in a file.");
      }
    }
    return root;
  }

  private Yaml value(Event event, int depth) {
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      String what = event instanceof AliasEvent ? "alias" : "anchor";
      throw new ConfigException(at(event), "an " + what + ". Write the value out instead.");
    }
    if (depth > MAX_DEPTH) {
      throw new ConfigException(at(event), "nested more than " + MAX_DEPTH + " levels deep.");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      return new Yaml.Scalar(at(event), scalar.getValue(), scalar.isPlain());
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

  private static void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      Origin origin = event.getStartMark().map(mark -> at(mark.getName(), mark)).orElseThrow();
      throw new ConfigException(origin, "a tag, " + tag.get() + ". Leave it out.");
    }
  }

  private Yaml items(Origin origin, int depth) {
    List<Yaml> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new Yaml.Items(origin, items);
  }

  private Yaml fields(Origin origin, int depth) {
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      Yaml key = value(e, depth + 1);
      Yaml value = value(events.next(), depth + 1);
      if (!(key instanceof Yaml.Scalar name)) {
        problems.add(key.origin(), "a key must be a single value, not " + key.kind() + ".");
        continue;
      }
      Yaml.Field before = fields.putIfAbsent(name.text(), new Yaml.Field(key.origin(), value));
      if (before != null) {
        problems.add(
            key.origin(),
            "key " + name.text() + " is set twice, first at " + before.key() + ". Keep one.");
      }
    }
    return new Yaml.Fields(origin, fields);
  }

  private Origin at(Event event) {
    return event.getStartMark().map(mark -> at(source, mark)).orElse(Origin.whole(source));
  }

  private static Origin at(String source, Mark mark) {
    return source.startsWith("--")
        ? Origin.whole(source)
        : new Origin(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
