package community.cloudy.containers.engine;

import community.cloudy.containers.engine.EngineException.Code;
import java.util.regex.Pattern;

/** The names that may enter a path of the engine's API. */
final class Names {
  /** The engine's own rule; an id is such a name, too. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");

  private static final Pattern SIGNAL = Pattern.compile("[A-Z0-9+-]{1,16}");
  private static final Pattern IMAGE_ID = Pattern.compile("(sha256:)?[0-9a-f]{12,64}");

  private Names() {}

  static String container(String name) {
    return checked("container's name", name);
  }

  static String volume(String name) {
    return checked("volume's name", name);
  }

  static String network(String name) {
    return checked("network's name", name);
  }

  static String signal(String name) {
    if (!SIGNAL.matcher(name).matches()) {
      throw invalid("signal", "must be like SIGTERM or 15");
    }
    return name;
  }

  /** Returns an image's id as it is, or else a reference with its defaults written out. */
  static String image(String text) {
    return IMAGE_ID.matcher(text).matches() ? text : ImageReference.parse(text).address();
  }

  private static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          what, "must have 1 to 255 letters, digits, _ . - and begin with a letter or digit");
    }
    return name;
  }

  static EngineException invalid(String what, String rule) {
    return new EngineException(Code.INVALID, "The " + what + " " + rule + ".");
  }
}
