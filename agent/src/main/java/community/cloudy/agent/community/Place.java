package community.cloudy.agent.community;

import community.cloudy.agent.config.NodeConfig;
import community.cloudy.gossip.serf.Member;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where on Earth a node says that it stands. Members tell it by the tag {@value #TAG}, such as
 * {@code 41.6123,2.1456}: some ten metres are as exact as it gets.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Place(double latitude, double longitude) {
  static final String TAG = "geo";

  private static final Pattern FORM =
      Pattern.compile("(-?[0-9]{1,2}(?:\\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\\.[0-9]{1,9})?)");

  /** Checks the ranges. */
  public Place {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException(
          "there is no place on Earth at %s, %s".formatted(latitude, longitude));
    }
  }

  /** Returns where a node is to say that it stands; empty if its owner has not told both. */
  public static Optional<Place> of(NodeConfig node) {
    return node.latitude()
        .flatMap(latitude -> node.longitude().map(longitude -> new Place(latitude, longitude)));
  }

  /** Returns where a member says that it stands; empty if it says nothing, or nonsense. */
  public static Optional<Place> of(Member member) {
    Matcher parts = FORM.matcher(member.tags().getOrDefault(TAG, ""));
    try {
      return parts.matches()
          ? Optional.of(
              new Place(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String tag() {
    return String.format(Locale.ROOT, "%.4f,%.4f", latitude, longitude);
  }
}
