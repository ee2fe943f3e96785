package community.cloudy.services.graphs.snpservices;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked for: a path and parameters. Of two parameters of one name the last counts, numbers
 * end where their digits end, and what is no number is 0, as with PHP.
 *
 * @param path without snpservices' own folder
 * @param parameters by name
 */
record Query(String path, Map<String, String> parameters) {
  private static final int MAX_PARAMETERS = 64;
  private static final String FOLDER = "/snpservices";
  private static final Pattern INTEGER =
      Pattern.compile("\\s*([+-]?[0-9]{1,15}).*", Pattern.DOTALL);

  /**
   * Reads what a request line asks for.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static Query of(String target) {
    int mark = target.indexOf('?');
    String path = decode(mark < 0 ? target : target.substring(0, mark));
    Map<String, String> parameters = new HashMap<>();
    if (mark >= 0) {
      for (String part : target.substring(mark + 1).split("&", MAX_PARAMETERS)) {
        int is = part.indexOf('=');
        String name = decode(is < 0 ? part : part.substring(0, is));
        parameters.put(name, is < 0 ? "" : decode(part.substring(is + 1)));
      }
    }
    return new Query(path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : path, parameters);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** Returns a parameter that is there and not empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
  }

  /** Returns a number; if it is not there or 0, another. */
  long number(String name, long otherwise) {
    Matcher matcher = INTEGER.matcher(parameters.getOrDefault(name, ""));
    long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    return number == 0 ? otherwise : number;
  }

  /**
   * Returns a time: what is below 0 counts back from now.
   *
   * @param now seconds since 1970
   */
  long time(String name, long otherwise, long now) {
    long number = number(name, otherwise);
    return number < 0 ? now + number : number;
  }
}
