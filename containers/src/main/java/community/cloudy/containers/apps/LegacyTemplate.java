package community.cloudy.containers.apps;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Imports the container templates of the first Cloudy: a JSON object of {@code appname}, {@code
 * image}, {@code ports}, {@code options}, {@code volumes}, {@code misc}, {@code links} and {@code
 * arch}, or its older lines of {@code Key=value}. Flags and arguments are said, never guessed.
 */
public final class LegacyTemplate {
  private static final Pattern IMAGE =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/:-]{0,200}(@sha256:[0-9a-f]{64})?");
  private static final Pattern LINE = Pattern.compile("([A-Za-z]+)=(.*)");
  private static final Pattern PUBLISHED = Pattern.compile("(\\d{1,5}):(\\d{1,5})");
  private static final int MAX_ITEMS = 24;

  private final YamlNode.Fields template;
  private final AppDraft draft;

  private LegacyTemplate(YamlNode.Fields template) {
    this.template = template;
    this.draft = new AppDraft(text("name").or(() -> text("appname")).orElse("app"));
  }

  /**
   * Imports one template.
   *
   * @throws AppException if it is no template or names no image
   */
  public static Imported read(String text) {
    if (text.length() > AppFolder.MAX_FILE) {
      throw invalid("the template has more than " + AppFolder.MAX_FILE + " characters");
    }
    String start = text.stripLeading();
    if (!start.startsWith("{")) {
      return new LegacyTemplate(lines(text)).app();
    }
    // JSON is YAML, and this reader is bounded and says where.
    YamlNode root = YamlReader.read("template", start);
    if (!(root instanceof YamlNode.Fields fields)) {
      throw invalid("the template must be an object");
    }
    return new LegacyTemplate(fields).app();
  }

  private static AppException invalid(String reason) {
    return new AppException(
        AppException.Code.INVALID, "Could not import the template: " + reason + ".");
  }

  /** Reads the older form, of which only the name, the image and the ports say something. */
  private static YamlNode.Fields lines(String text) {
    YamlNode.At at = new YamlNode.At(1, 1);
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        continue;
      }
      String value = matcher.group(2).strip().replaceAll("^\"|\"$", "");
      switch (matcher.group(1)) {
        case "Name" -> fields.put("appname", new YamlNode.Text(at, value));
        case "Img" -> fields.put("image", new YamlNode.Text(at, value));
        case "Pub" -> fields.put("ports", published(at, value));
        case "Run" ->
            fields.put(
                "misc", new YamlNode.Fields(at, Map.of("run", new YamlNode.Text(at, value))));
        default -> {}
      }
    }
    return new YamlNode.Fields(at, fields);
  }

  private static YamlNode published(YamlNode.At at, String value) {
    Map<String, YamlNode> ports = new LinkedHashMap<>();
    Matcher matcher = PUBLISHED.matcher(value);
    while (matcher.find()) {
      ports.put(matcher.group(1), new YamlNode.Text(at, matcher.group(2)));
    }
    return new YamlNode.Fields(at, ports);
  }

  private Imported app() {
    String title = text("appname").orElseThrow(() -> invalid("it has no appname"));
    draft.words("title", Map.of(Language.EN, title), 60, false);
    draft.words("tagline", Map.of(Language.EN, text("description").orElse(title)), 120, false);
    draft.words("description", Map.of(Language.EN, text("description").orElse(title)), 2000, true);
    architectures();
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("image", image());
    service.put("restart", "unless-stopped");
    ports(service);
    options(service);
    volumes(service);
    map("misc").forEach((flag, value) -> draft.note(leftOut("the flag " + flag + "=" + value)));
    for (String link : list("links")) {
      draft.note(leftOut("the link to the container " + link) + ". Put both into one app");
    }
    draft.service("app", service);
    return draft.done();
  }

  private static String leftOut(String what) {
    return "left out: " + what;
  }

  private void architectures() {
    List<String> known = new ArrayList<>(new TreeSet<>(list("arch")));
    known.retainAll(App.ARCHITECTURES);
    if (!known.isEmpty()) {
      draft.set("architectures", known);
    }
  }

  private String image() {
    String[] words = text("image").orElse("").strip().split("\\s+", 2);
    if (!IMAGE.matches(words[0])) {
      throw invalid("it names no image");
    }
    if (words.length > 1) {
      draft.note(leftOut("the arguments after the image, " + words[1]));
    }
    if (!words[0].contains(":") || words[0].endsWith(":latest")) {
      draft.note("the image " + words[0] + " has no fixed version: what it is changes with time");
    }
    return words[0];
  }

  private void ports(Map<String, Object> service) {
    List<String> ports = new ArrayList<>();
    map("ports")
        .forEach(
            (host, container) -> {
              try {
                int inner = Integer.parseInt(new FieldKind.Whole(1, 65535).checked(container));
                int outer = Integer.parseInt(new FieldKind.Whole(1, 65535).checked(host));
                String field = draft.port(ports.isEmpty() ? "PORT" : "PORT_" + inner, outer, "tcp");
                if (ports.isEmpty()) {
                  draft.announce("app", field, inner, "/", service);
                }
                ports.add(field + ":" + inner);
              } catch (IllegalArgumentException e) {
                draft.note(leftOut("the port " + host + ":" + container));
              }
            });
    if (!ports.isEmpty()) {
      service.put("ports", ports);
    }
  }

  private void options(Map<String, Object> service) {
    Map<String, String> environment = new LinkedHashMap<>();
    map("options")
        .forEach(
            (name, value) -> {
              if (name.matches("[A-Za-z_][A-Za-z0-9_]{0,100}")) {
                environment.put(name, draft.variable(name, value, Map.of(Language.EN, name)));
              } else {
                draft.note(leftOut("the variable " + name));
              }
            });
    if (!environment.isEmpty()) {
      service.put("environment", environment);
    }
  }

  private void volumes(Map<String, Object> service) {
    List<String> mounts = new ArrayList<>();
    map("volumes")
        .forEach(
            (host, path) -> {
              if (path.matches("/[A-Za-z0-9._/-]{1,200}") && !path.contains("..")) {
                String name = draft.volume(path);
                mounts.add(name + ":" + path);
                draft.note("the node's " + host + " is not used: the volume " + name + " holds it");
              } else {
                draft.note(leftOut("the volume " + host + ":" + path));
              }
            });
    if (!mounts.isEmpty()) {
      service.put("volumes", mounts);
    }
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(template.fields().get(key)).flatMap(LegacyTemplate::scalar);
  }

  private static Optional<String> scalar(YamlNode node) {
    if (node instanceof YamlNode.Text text) {
      return Optional.of(text.value());
    }
    return node instanceof YamlNode.Plain plain ? Optional.of(plain.value()) : Optional.empty();
  }

  private Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    if (template.fields().get(key) instanceof YamlNode.Fields fields) {
      if (fields.fields().size() > MAX_ITEMS) {
        throw invalid(key + " has more than " + MAX_ITEMS + " items");
      }
      fields
          .fields()
          .forEach((name, node) -> scalar(node).ifPresent(value -> map.put(name, value)));
    }
    return map;
  }

  private List<String> list(String key) {
    YamlNode node = template.fields().get(key);
    if (node instanceof YamlNode.Items items) {
      return items.items().stream().limit(MAX_ITEMS).flatMap(i -> scalar(i).stream()).toList();
    }
    return node == null ? List.of() : scalar(node).stream().toList();
  }
}
