package community.cloudy.services.spi;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a module is.
 *
 * @param id its name in the configuration, the API and on the command line: a to z, 0 to 9 and -,
 *     at most 32 characters
 * @param titles for people, by language ({@code en} at least, {@code ca}, {@code es})
 * @param summaries one sentence each, by language
 * @param modes how what it manages can run
 * @param types the types of the services it announces
 */
public record Descriptor(
    String id,
    Map<String, String> titles,
    Map<String, String> summaries,
    Set<RunMode> modes,
    Set<String> types) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int MAX_TEXT = 200;

  /** Checks the id and the texts. */
  public Descriptor {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a module's id must be like squid, not " + id);
    }
    titles = checked("titles", titles);
    summaries = checked("summaries", summaries);
    modes = Set.copyOf(modes);
    types = Set.copyOf(types);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("a module must run in some way");
    }
  }

  private static Map<String, String> checked(String what, Map<String, String> texts) {
    if (!texts.containsKey("en") || texts.values().stream().anyMatch(t -> t.length() > MAX_TEXT)) {
      throw new IllegalArgumentException(
          what + " must have one in en, and none of over " + MAX_TEXT + " characters");
    }
    return Map.copyOf(texts);
  }
}
