package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code fields:} in {@code app.yaml}. */
final class FieldReader {
  private static final long MOST = 9_000_000_000_000_000L;
  private static final int MAX_OPTIONS = 24;

  private final Section section;

  FieldReader(Section section) {
    this.section = section;
  }

  /** Returns the field; empty if there was a problem, which the section has noted. */
  Optional<Field> field() {
    Optional<String> name = section.text("name", Field::checkName);
    Optional<Words> label = Metadata.words(section.section("label"), 80, false);
    Optional<Words> help = Metadata.words(section.optionalSection("help"), 400, false);
    Optional<FieldKind> kind = section.text("type", text -> text).flatMap(this::kind);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> fallback = fallback(kind.get());
    boolean required = required(kind.get());
    boolean file = isSecret(kind.get()) && into();
    section.end();
    return name.isPresent() && label.isPresent()
        ? section.made(
            () -> new Field(name.get(), kind.get(), label.get(), help, fallback, required, file))
        : Optional.empty();
  }

  private Optional<FieldKind> kind(String type) {
    return section
        .made(
            () ->
                switch (type) {
                  case "string" -> text();
                  case "password" ->
                      new FieldKind.Password((int) section.number("min_length", 8, 1, 64));
                  case "secret" ->
                      new FieldKind.Generated((int) section.number("length", 32, 16, 128));
                  case "integer" ->
                      new FieldKind.Whole(
                          section.number("min", 0, -MOST, MOST),
                          section.number("max", Integer.MAX_VALUE, -MOST, MOST));
                  case "boolean" -> new FieldKind.Flag();
                  case "choice" -> new FieldKind.Choice(options());
                  case "port" -> new FieldKind.Port(protocol());
                  case "size" -> new FieldKind.Size(size("min", "1m"), size("max", "1024g"));
                  default ->
                      throw new IllegalArgumentException(
                          "type must be string, password, secret, integer, boolean, choice, port or"
                              + " size");
                })
        .map(FieldKind.class::cast);
  }

  private FieldKind text() {
    int most = (int) section.number("max_length", 200, 1, FieldKind.MAX_LENGTH);
    return new FieldKind.Text(most, section.optional("pattern", FieldReader::pattern));
  }

  private static Pattern pattern(String text) {
    if (text.isEmpty() || text.length() > 200) {
      throw new IllegalArgumentException("must have 1 to 200 characters");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no RE2 pattern: " + e.getDescription(), e);
    }
  }

  private List<FieldKind.Option> options() {
    List<FieldKind.Option> options = new ArrayList<>();
    Set<String> values = new HashSet<>();
    for (Section option : section.sections("options", MAX_OPTIONS)) {
      Optional<String> value = option.text("value", text -> DotEnv.checked(text));
      Optional<Words> label = Metadata.words(option.section("label"), 80, false);
      option.end();
      if (value.isPresent() && label.isPresent()) {
        options.add(new FieldKind.Option(value.get(), label.get()));
        if (!values.add(value.get())) {
          throw new IllegalArgumentException("options has " + value.get() + " twice. Keep one");
        }
      }
    }
    return options;
  }

  private FieldKind.Protocol protocol() {
    return section
        .optional(
            "protocol",
            text ->
                switch (text) {
                  case "tcp" -> FieldKind.Protocol.TCP;
                  case "udp" -> FieldKind.Protocol.UDP;
                  default -> throw new IllegalArgumentException("must be tcp or udp");
                })
        .orElse(FieldKind.Protocol.TCP);
  }

  private long size(String key, String fallback) {
    return section.optional(key, Numbers::bytes).orElse(Numbers.bytes(fallback));
  }

  /** Secrets have no default: what everybody knows is no secret. Most others need one. */
  private Optional<String> fallback(FieldKind kind) {
    if (isSecret(kind)) {
      return Optional.empty();
    }
    return kind instanceof FieldKind.Text
        ? section.optional("default", DotEnv::checked)
        : section.text("default", DotEnv::checked);
  }

  private boolean required(FieldKind kind) {
    return kind instanceof FieldKind.Text
        ? section.flag("required", false)
        : !(kind instanceof FieldKind.Password) || section.flag("required", true);
  }

  private boolean into() {
    return section
        .optional(
            "into",
            text ->
                switch (text) {
                  case "file" -> true;
                  case "env" -> false;
                  default -> throw new IllegalArgumentException("must be file or env");
                })
        .orElse(true);
  }

  private static boolean isSecret(FieldKind kind) {
    return kind instanceof FieldKind.Password || kind instanceof FieldKind.Generated;
  }
}
