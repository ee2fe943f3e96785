package community.cloudy.containers.apps;

import community.cloudy.gossip.discovery.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** An app in the making, from what others wrote; what does not fit is changed and noted. */
final class AppDraft {
  private final Map<String, Object> app = new LinkedHashMap<>();
  private final List<Object> fields = new ArrayList<>();
  private final List<Object> announces = new ArrayList<>();
  private final List<String> saved = new ArrayList<>();
  private final Map<String, Object> services = new LinkedHashMap<>();
  private final Map<String, Object> volumes = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  /** Creates a draft whose id is made of {@code name}. */
  AppDraft(String name) {
    app.put("id", id(name));
    app.put("version", "1");
    app.put("category", "other");
    app.put("licence", "LicenseRef-unknown");
    app.put("memory", "512m");
    app.put("disk", "1g");
    app.put("multi_instance", true);
  }

  /** Returns what of {@code name} can stand in an id. */
  static String id(String name) {
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    id = id.substring(0, Math.min(40, id.length())).replaceAll("^-+|-+$", "");
    return id.isEmpty() ? "app" : id;
  }

  String id() {
    return String.valueOf(app.get("id"));
  }

  void set(String key, Object value) {
    app.put(key, value);
  }

  /** Sets a text for people, cleaned and cut. */
  void words(String key, Map<Language, String> texts, int most, boolean lines) {
    app.put(key, words(texts, most, lines));
  }

  private static Map<String, String> words(Map<Language, String> texts, int most, boolean lines) {
    Map<String, String> words = new LinkedHashMap<>();
    texts.forEach(
        (language, text) -> {
          String clean = clean(text, most, lines);
          if (!clean.isEmpty()) {
            words.put(language.code(), clean);
          }
        });
    return words.isEmpty() ? Map.of(Language.EN.code(), "-") : words;
  }

  static String clean(String text, int most, boolean lines) {
    String clean =
        text.codePoints()
            .map(c -> lines && c == '\n' ? c : Text.isUnsafe(c) ? ' ' : c)
            .limit(most)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.strip();
  }

  void note(String note) {
    notes.add(clean(note, 300, false));
  }

  /** Adds a field and returns the reference that compose.yaml has to it. */
  String field(String wanted, Map<String, Object> kind, Map<Language, String> label) {
    String name = fieldName(wanted);
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("name", name);
    field.putAll(kind);
    field.put("label", words(label, 80, false));
    fields.add(field);
    return "${" + name + "}";
  }

  private String fieldName(String wanted) {
    String base = wanted.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    base = base.replaceAll("^[^A-Z]+", "");
    base = base.substring(0, Math.min(40, base.length()));
    try {
      Field.checkName(base);
    } catch (IllegalArgumentException e) {
      base = "APP_" + base;
    }
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** Adds a variable that a person may set; what looks like a password is made anew. */
  String variable(String name, String value, Map<Language, String> label) {
    if (name.toUpperCase(Locale.ROOT).matches(".*(PASS|SECRET|TOKEN|API_?KEY).*")) {
      if (!value.isEmpty()) {
        note(name + " had a value that everybody knows: a new one is made at random");
      }
      return field(name, Map.of("type", "secret", "into", "env"), label);
    }
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put("type", "string");
    kind.put("max_length", FieldKind.MAX_LENGTH);
    try {
      kind.put("default", DotEnv.checked(value));
    } catch (IllegalArgumentException e) {
      note(name + " was left empty: its value " + e.getMessage());
    }
    return field(name, kind, label);
  }

  /** Adds a published port that a person may set. */
  String port(String name, int port, String protocol) {
    int wanted = port < FieldKind.Port.LOWEST ? 8000 + port : port;
    if (wanted != port) {
      note("port " + port + " is the system's: " + wanted + " stands instead");
    }
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put("type", "port");
    kind.put("default", Integer.toString(wanted));
    kind.put("protocol", protocol);
    return field(
        name,
        kind,
        Map.of(
            Language.CA,
            "Port " + port,
            Language.ES,
            "Puerto " + port,
            Language.EN,
            "Port " + port));
  }

  /** Adds a volume for {@code path} and returns its name. */
  String volume(String path) {
    String base = id(path.replaceAll(".*/(?=[^/])", ""));
    String name = base;
    for (int i = 2; volumes.containsKey(name); i++) {
      name = base + "-" + i;
    }
    volumes.put(name, Map.of());
    saved.add(name);
    return name;
  }

  void service(String name, Map<String, Object> service) {
    services.put(name, service);
  }

  /** Says what the community will see, here and by the service's labels. */
  void announce(
      String service, String portField, int inner, String path, Map<String, Object> target) {
    Map<String, Object> announced = new LinkedHashMap<>();
    String type = id().substring(0, Math.min(32, id().length())).replaceAll("-+$", "");
    announced.put("service", service);
    announced.put("type", type);
    announced.put("name", id());
    announced.put("port", portField.substring(2, portField.length() - 1));
    announced.put("path", path);
    announces.add(announced);
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("cloudy.service.type", type);
    labels.put("cloudy.service.name", id());
    labels.put("cloudy.service.port", Integer.toString(inner));
    labels.put("cloudy.service.path", path);
    target.put("labels", labels);
  }

  /** Returns the app, which is sound by our own rules. */
  Imported done() {
    app.put("fields", fields);
    app.put("announces", announces);
    app.put("backup", Map.of("volumes", saved));
    Map<String, Object> compose = new LinkedHashMap<>();
    compose.put("services", services);
    if (!volumes.isEmpty()) {
      compose.put("volumes", volumes);
    }
    AppFolder folder =
        new AppFolder(Map.of(AppFolder.METADATA, yaml(app), AppFolder.COMPOSE, yaml(compose)));
    folder.app();
    return new Imported(folder, notes);
  }

  private static byte[] yaml(Map<String, Object> map) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1200).build();
    return new Dump(settings).dumpToString(map).getBytes(StandardCharsets.UTF_8);
  }
}
