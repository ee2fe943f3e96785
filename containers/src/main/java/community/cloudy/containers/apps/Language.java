package community.cloudy.containers.apps;

import java.util.Locale;
import java.util.Optional;

/** The languages an app speaks to people in. */
public enum Language {
  CA,
  ES,
  EN;

  /** Returns its code (BCP 47). */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the language of {@code tag}, such as {@code ca} or {@code es-ES}, if it is ours. */
  public static Optional<Language> of(String tag) {
    String primary = tag.split("[-_]", 2)[0].toUpperCase(Locale.ROOT);
    for (Language language : values()) {
      if (language.name().equals(primary)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }
}
