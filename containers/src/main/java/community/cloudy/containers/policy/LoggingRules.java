package community.cloudy.containers.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Logs stay on the node and are rotated, or they fill its disk. */
final class LoggingRules {
  private static final Set<String> DRIVERS = Set.of("json-file", "local");
  private static final Set<String> OPTIONS =
      Set.of(
          "max-size",
          "max-file",
          "compress",
          "labels",
          "labels-regex",
          "env",
          "tag",
          "mode",
          "max-buffer-size");
  private static final long MOST_SIZE = 100L << 20;
  private static final long MOST_FILES = 10;

  private final Judging judging;

  LoggingRules(Judging judging) {
    this.judging = judging;
  }

  void judge(Key key, Yaml value) {
    if (!(value instanceof Yaml.Fields logging)) {
      judging.findings().malformed(key, "an object");
      return;
    }
    for (String field : logging.fields().keySet()) {
      if (!field.equals("driver") && !field.equals("options")) {
        judging.findings().unknown(key.then(field));
      }
    }
    driver(key.then("driver"), logging.text("driver").orElse("json-file"));
    for (String option : logging.object("options").fields().keySet()) {
      String text = logging.object("options").text(option).orElse("");
      option(key.then("options").then(option), option, text);
    }
  }

  void driver(Key key, String driver) {
    if (!DRIVERS.contains(driver)) {
      judging.findings().refuse(key, "sends logs to " + driver, "Use json-file or local.");
    }
  }

  void option(Key key, String option, String value) {
    boolean tooMuch =
        (option.equals("max-size") && Quantity.bytes(value).orElse(Long.MAX_VALUE) > MOST_SIZE)
            || (option.equals("max-file")
                && (Quantity.count(value) < 1 || Quantity.count(value) > MOST_FILES));
    if (!OPTIONS.contains(option)) {
      judging.findings().unknown(key);
    } else if (tooMuch) {
      judging
          .findings()
          .refuse(key, "keeps too much of the log", "Keep at most 10 files of 100 MB.");
    }
  }

  /** Returns {@code logging} with rotation where it says nothing of it: 10 MB, 3 times. */
  static Yaml.Fields rotated(Yaml.Fields logging) {
    Map<String, Yaml.Field> options = new LinkedHashMap<>(logging.object("options").fields());
    options.putIfAbsent("max-size", new Yaml.Field(0, Yaml.quoted("10m")));
    options.putIfAbsent("max-file", new Yaml.Field(0, Yaml.quoted("3")));
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    fields.put(
        "driver", new Yaml.Field(0, Yaml.quoted(logging.text("driver").orElse("json-file"))));
    fields.put("options", new Yaml.Field(0, new Yaml.Fields(0, options)));
    return new Yaml.Fields(0, fields);
  }
}
