package community.cloudy.containers.policy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;

/**
 * Writes a tree as YAML that means the same to YAML 1.1 and 1.2: strings and keys in double quotes,
 * a {@code $} doubled, so that Compose puts no variable in its place.
 */
public final class YamlWriter {
  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /** Returns {@code root} as a document. */
  public static String write(Yaml.Fields root) {
    YamlWriter writer = new YamlWriter();
    writer.fields(root, 0);
    return writer.out.toString();
  }

  private void fields(Yaml.Fields fields, int indent) {
    for (Map.Entry<String, Yaml.Field> field : fields.fields().entrySet()) {
      out.append(" ".repeat(indent)).append(string(field.getKey())).append(':');
      value(field.getValue().value(), indent);
    }
  }

  private void value(Yaml value, int indent) {
    if (value instanceof Yaml.Scalar scalar) {
      out.append(' ').append(scalar(scalar)).append('\n');
    } else if (value instanceof Yaml.Items items) {
      items(items, indent);
    } else if (value instanceof Yaml.Fields fields) {
      out.append(fields.fields().isEmpty() ? " {}\n" : "\n");
      fields(fields, indent + 2);
    }
  }

  private void items(Yaml.Items items, int indent) {
    out.append(items.items().isEmpty() ? " []\n" : "\n");
    for (Yaml item : items.items()) {
      out.append(" ".repeat(indent + 2)).append('-');
      value(item, indent + 2);
    }
  }

  private static String scalar(Yaml.Scalar scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    return scalar.plain() && scalar.text().matches("true|false|-?[0-9]+(\\.[0-9]+)?")
        ? scalar.text()
        : string(scalar.text().replace("$", "$$"));
  }

  private static String string(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
