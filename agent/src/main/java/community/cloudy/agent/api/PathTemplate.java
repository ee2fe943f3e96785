package community.cloudy.agent.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with places for values, such as {@code /v1/services/{node}/{id}}.
 *
 * @param text as the API's description has it
 * @param segments what stands between the slashes; one in braces takes a value
 */
record PathTemplate(String text, List<String> segments) {
  private static final int MAX_VALUE = 256;

  PathTemplate {
    segments = List.copyOf(segments);
  }

  static PathTemplate of(String text) {
    return new PathTemplate(text, split(text));
  }

  /** Returns what stands between the slashes of {@code path}. */
  static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  /** Returns the names of the places, in order. */
  List<String> names() {
    return segments.stream().filter(PathTemplate::isPlace).map(PathTemplate::name).toList();
  }

  /**
   * Returns the values by name, if this is the template of a path.
   *
   * @param path its segments, canonical but still encoded: a slash in one is no separator
   * @throws ApiException if a value is too long, or nothing that a thing here could be called
   */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < path.size(); i++) {
      String wanted = segments.get(i);
      if (isPlace(wanted) ? path.get(i).isEmpty() : !wanted.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      if (isPlace(segments.get(i))) {
        String name = name(segments.get(i));
        values.put(name, value(name, path.get(i)));
      }
    }
    return Optional.of(values);
  }

  private static String value(String name, String encoded) {
    // A form's decoder, which would take a plus for a space.
    String value = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (value.length() > MAX_VALUE
        || value.indexOf('/') >= 0
        || value.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badRequest(
          List.of(
              Problem.Fault.parameter(
                  name,
                  "must be at most "
                      + MAX_VALUE
                      + " characters, none of them a slash or a control character")));
    }
    return value;
  }

  private static boolean isPlace(String segment) {
    return segment.startsWith("{");
  }

  private static String name(String place) {
    return place.substring(1, place.length() - 1);
  }
}
