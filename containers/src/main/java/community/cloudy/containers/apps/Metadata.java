package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import community.cloudy.gossip.discovery.Text;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code app.yaml}: strict, bounded, all problems at once. The JSON Schema beside it says the
 * same to editors; a test holds the two together.
 */
final class Metadata {
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~-]{0,39}");
  private static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+ ()-]{0,59}");
  private static final Pattern HOMEPAGE = Pattern.compile("https?://[A-Za-z0-9._~/%-]{1,190}");
  private static final Pattern ICON = Pattern.compile("[a-z0-9][a-z0-9_-]{0,50}\\.(svg|png)");
  private static final Pattern WITHIN = Pattern.compile("[1-9][0-9]{0,3}[sm]");

  private final List<AppProblem> problems = new ArrayList<>();

  private Metadata() {}

  /**
   * Reads one file's text.
   *
   * @throws AppException with every problem
   */
  static App read(String text) {
    Metadata metadata = new Metadata();
    Optional<App> app =
        metadata.app(Section.root(YamlReader.read(AppFolder.METADATA, text), metadata.problems));
    metadata.problems.sort(
        Comparator.comparingInt(AppProblem::line).thenComparingInt(AppProblem::column));
    if (!metadata.problems.isEmpty() || app.isEmpty()) {
      throw new AppException("read the app", metadata.problems);
    }
    return app.get();
  }

  private Optional<App> app(Section root) {
    Optional<AppId> id = root.text("id", AppId::new);
    Optional<String> version = root.text("version", matching(VERSION, "a version such as 1.2-3"));
    Optional<Words> title = words(root.section("title"), 60, false);
    Optional<Words> tagline = words(root.section("tagline"), 120, false);
    Optional<Words> description = words(root.section("description"), 2000, true);
    Optional<String> icon = root.optional("icon", matching(ICON, "a file's name, .svg or .png"));
    Optional<String> category = root.text("category", oneOf(App.CATEGORIES));
    Optional<String> licence = root.text("licence", matching(LICENCE, "an SPDX licence"));
    Optional<URI> homepage =
        root.optional("homepage", matching(HOMEPAGE, "a plain web address")).map(URI::create);
    Set<String> architectures = architectures(root);
    Optional<Long> memory = root.text("memory", Numbers::bytes);
    Optional<Long> disk = root.text("disk", Numbers::bytes);
    boolean multiInstance = root.flag("multi_instance", false);
    Duration within =
        root.optional("healthy_within", Metadata::duration).orElse(Duration.ofMinutes(5));
    List<Field> fields = new ArrayList<>();
    for (Section field : root.sections("fields", App.MAX_FIELDS)) {
      new FieldReader(field).field().ifPresent(fields::add);
    }
    List<App.Announced> announces = new ArrayList<>();
    for (Section announced : root.sections("announces", 8)) {
      announced(announced).ifPresent(announces::add);
    }
    App.Backup backup =
        root.optionalSection("backup")
            .flatMap(Metadata::backup)
            .orElse(new App.Backup(List.of(), Optional.empty(), Optional.empty()));
    root.end();
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return root.made(
        () ->
            new App(
                id.orElseThrow(),
                version.orElseThrow(),
                title.orElseThrow(),
                tagline.orElseThrow(),
                description.orElseThrow(),
                icon,
                category.orElseThrow(),
                licence.orElseThrow(),
                homepage,
                architectures,
                memory.orElseThrow(),
                disk.orElseThrow(),
                multiInstance,
                within,
                fields,
                announces,
                backup));
  }

  private static Set<String> architectures(Section root) {
    if (!root.has("architectures")) {
      return Set.of("amd64");
    }
    List<String> listed = root.texts("architectures", 5, oneOf(App.ARCHITECTURES));
    return root.made(
            () -> {
              Set<String> all = new HashSet<>(listed);
              if (all.isEmpty() || all.size() < listed.size()) {
                throw new IllegalArgumentException(
                    "architectures must have one at least and none twice");
              }
              return all;
            })
        .orElse(Set.of());
  }

  /** Reads a text in the languages it is in. */
  static Optional<Words> words(Optional<Section> section, int most, boolean lines) {
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Map<Language, String> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      section
          .get()
          .optional(language.code(), text -> plain(text, most, lines))
          .ifPresent(text -> texts.put(language, text));
    }
    section.get().end();
    return section.get().made(() -> new Words(texts));
  }

  /** Checks text for people: neither markup nor anything that moves a cursor. */
  static String plain(String text, int most, boolean lines) {
    int length = text.codePointCount(0, text.length());
    if (length == 0 || length > most) {
      throw new IllegalArgumentException("must have 1 to " + most + " characters");
    }
    if (text.codePoints().anyMatch(c -> Text.isUnsafe(c) && !(lines && c == '\n'))) {
      throw new IllegalArgumentException(
          "must not hold control or formatting characters, nor < or >");
    }
    return text;
  }

  private static Optional<App.Announced> announced(Section section) {
    Optional<String> service = section.text("service", App::checkService);
    Optional<String> type = section.text("type", text -> text);
    Optional<String> name = section.text("name", text -> plain(text, 60, false));
    Optional<String> port = section.text("port", text -> plain(text, 48, false));
    Optional<String> path = section.optional("path", text -> text);
    section.end();
    return service.isPresent() && type.isPresent() && name.isPresent() && port.isPresent()
        ? section.made(
            () -> new App.Announced(service.get(), type.get(), name.get(), port.get(), path))
        : Optional.empty();
  }

  private static Optional<App.Backup> backup(Section section) {
    List<String> volumes = section.texts("volumes", 16, App::checkService);
    Optional<App.Hook> before = section.optionalSection("before").flatMap(Metadata::hook);
    Optional<App.Hook> after = section.optionalSection("after").flatMap(Metadata::hook);
    section.end();
    return section.made(() -> new App.Backup(volumes, before, after));
  }

  private static Optional<App.Hook> hook(Section section) {
    Optional<String> service = section.text("service", App::checkService);
    List<String> command = section.texts("command", 32, text -> plain(text, 500, false));
    section.end();
    return service.flatMap(name -> section.made(() -> new App.Hook(name, command)));
  }

  private static Duration duration(String text) {
    if (!WITHIN.matches(text)) {
      throw new IllegalArgumentException("must be a time such as 90s or 5m");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
  }

  private static Function<String, String> matching(Pattern pattern, String what) {
    return text -> {
      if (!pattern.matches(text)) {
        throw new IllegalArgumentException("must be " + what);
      }
      return text;
    };
  }

  private static Function<String, String> oneOf(Set<String> words) {
    return text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            "must be one of " + String.join(", ", words.stream().sorted().toList()));
      }
      return text;
    };
  }
}
