package community.cloudy.containers.engine;

import community.cloudy.containers.engine.EngineException.Code;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses the version of the API: the newest that both sides know, and never one that the engine
 * does not offer. Engine 20.10 speaks up to 1.41; engine 29 nothing below 1.44.
 */
final class Negotiation {
  private static final Api NEWEST = new Api(1, 48);
  private static final Api OLDEST = new Api(1, 41);
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

  private Negotiation() {}

  private record Api(int major, int minor) implements Comparable<Api> {
    private static final Comparator<Api> ORDER =
        Comparator.comparingInt(Api::major).thenComparingInt(Api::minor);

    static Api parse(String text, Api otherwise) {
      Matcher numbers = VERSION.matcher(text);
      return numbers.matches()
          ? new Api(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
          : otherwise;
    }

    @Override
    public int compareTo(Api other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /**
   * Reads the engine's answer to {@code /version}.
   *
   * @throws EngineException UNAVAILABLE if it is too old
   */
  static EngineVersion version(Raw answer) {
    Api offered = Api.parse(answer.text("ApiVersion"), OLDEST);
    Api least = Api.parse(answer.text("MinAPIVersion"), OLDEST);
    String engine = Words.clean(answer.text("Version"), 60);
    if (offered.compareTo(OLDEST) < 0) {
      throw new EngineException(
          Code.UNAVAILABLE,
          "Could not use the engine: its version "
              + engine
              + " is too old. Install docker.io 20.10 or newer.");
    }
    Api common = offered.compareTo(NEWEST) < 0 ? offered : NEWEST;
    Api chosen = common.compareTo(least) < 0 ? least : common;
    return new EngineVersion(
        engine,
        chosen.toString(),
        Words.clean(answer.text("Os") + "/" + answer.text("Arch"), 60),
        Words.clean(answer.text("KernelVersion"), 60));
  }
}
