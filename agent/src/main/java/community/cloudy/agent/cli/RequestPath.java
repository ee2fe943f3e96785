package community.cloudy.agent.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A path of the API with the parameters of its query, encoded as they are added. */
final class RequestPath {
  private final StringBuilder path;
  private boolean hasParameters;

  RequestPath(String path) {
    this.path = new StringBuilder(path);
  }

  /** Adds what a place in the path is to hold. */
  RequestPath at(String value) {
    path.append('/').append(encoded(value).replace("+", "%20"));
    return this;
  }

  /** Adds a parameter, once for each value. */
  RequestPath with(String name, List<String> values) {
    for (String value : values) {
      path.append(hasParameters ? '&' : '?').append(name).append('=').append(encoded(value));
      hasParameters = true;
    }
    return this;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
