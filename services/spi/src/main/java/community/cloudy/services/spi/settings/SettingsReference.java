package community.cloudy.services.spi.settings;

/** The keys of settings in words. */
final class SettingsReference {
  private SettingsReference() {}

  static String of(Shape shape) {
    StringBuilder text =
        new StringBuilder("| key | value | default | what it is |\n|---|---|---|---|\n");
    rows(text, "", shape);
    return text.toString();
  }

  private static void rows(StringBuilder text, String prefix, Shape shape) {
    for (Shape.Field field : shape.fields()) {
      row(text, prefix + field.key(), field.kind(), field);
    }
  }

  private static void row(StringBuilder text, String key, Kind kind, Shape.Field field) {
    Setting setting = field.setting();
    String fallback = field.isRequired() ? "none: must be written" : code(setting.fallback());
    text.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(key, word(kind, field), fallback, cell(setting.value())));
    inner(text, key, kind);
  }

  private static void inner(StringBuilder text, String key, Kind kind) {
    if (kind instanceof Kind.Group group) {
      rows(text, key + ".", group.shape());
    } else if (kind instanceof Kind.Items items) {
      inner(text, key + "[]", items.of());
    } else if (kind instanceof Kind.Named named) {
      inner(text, key + ".NAME", named.of());
    } else if (kind instanceof Kind.Maybe maybe) {
      inner(text, key, maybe.of());
    }
  }

  private static String word(Kind kind, Shape.Field field) {
    if (kind instanceof Kind.Maybe maybe) {
      return word(maybe.of(), field);
    } else if (kind instanceof Kind.Items items) {
      return "list of " + word(items.of(), field);
    } else if (kind instanceof Kind.Named named) {
      return "map of " + word(named.of(), field);
    } else if (kind instanceof Kind.Choice choice) {
      return cell(String.join(", ", choice.words()));
    } else if (kind instanceof Kind.Group) {
      return "map";
    }
    return single((Kind.Single) kind, field);
  }

  private static String single(Kind.Single kind, Shape.Field field) {
    Setting setting = field.setting();
    return switch (kind.word()) {
      case "integer", "number" -> "%d to %d".formatted(setting.min(), setting.max());
      case "boolean" -> "true or false";
      default -> field.component().getType().getSimpleName().equals("Duration") ? "time" : "text";
    };
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
