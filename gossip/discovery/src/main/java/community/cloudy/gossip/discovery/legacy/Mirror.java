package community.cloudy.gossip.discovery.legacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Chooses what old nodes get to see of this node's services, since a member's tags hold 512 bytes
 * in all: some five services.
 *
 * <p>Order of preference: first the types old nodes know, in the order of their own documents, so
 * that those their pages can act upon come first ({@code syncthing}: connect; {@code peerstreamer}:
 * watch; {@code Docker}: open; {@code proxy3}, {@code dnsservice}, {@code snpservice}, {@code
 * tahoe-lafs}, {@code owp}, {@code tincvpn}, {@code serf}, {@code ipfs}); then all other types by
 * name. Within a type the lower port goes first. What comes last is left out first.
 */
public final class Mirror {
  private static final List<String> KNOWN =
      List.of(
          "syncthing",
          "peerstreamer",
          "Docker",
          "proxy3",
          "dnsservice",
          "snpservice",
          "tahoe-lafs",
          "owp",
          "tincvpn",
          "serf",
          "ipfs");

  private static final Comparator<LegacyService> PREFERENCE =
      Comparator.<LegacyService>comparingInt(service -> rank(service.type()))
          .thenComparing(LegacyTag.ORDER);

  /** How many single services are tried in the room that the others leave. */
  private static final int GAP_TRIES = 8;

  private Mirror() {}

  /**
   * What old nodes get to see.
   *
   * @param tag the value of the tag; empty if there must be no tag
   * @param shown the services in it, the most preferred first
   * @param leftOut the others, the most preferred first
   */
  public record Choice(
      Optional<String> tag, List<LegacyService> shown, List<LegacyService> leftOut) {
    /** Makes the lists unmodifiable. */
    public Choice {
      shown = List.copyOf(shown);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Returns the longest run of {@code wanted}, in order of preference, whose tag {@code fits}, and
   * after it those of the next few that still fit. The same services give the same bytes, whatever
   * their order. Compresses some ten times.
   */
  public static Choice choose(List<LegacyService> wanted, Predicate<String> fits) {
    List<LegacyService> sorted = wanted.stream().sorted(PREFERENCE).toList();
    int fitting = 0;
    for (int over = sorted.size() + 1; over - fitting > 1; ) {
      int middle = (fitting + over) >>> 1;
      if (fits.test(LegacyTag.encode(sorted.subList(0, middle)))) {
        fitting = middle;
      } else {
        over = middle;
      }
    }
    List<LegacyService> shown = new ArrayList<>(sorted.subList(0, fitting));
    List<LegacyService> leftOut = new ArrayList<>();
    for (LegacyService service : sorted.subList(fitting, sorted.size())) {
      shown.add(service);
      if (leftOut.isEmpty() || leftOut.size() > GAP_TRIES || !fits.test(LegacyTag.encode(shown))) {
        shown.remove(shown.size() - 1);
        leftOut.add(service);
      }
    }
    Optional<String> tag =
        shown.isEmpty() ? Optional.empty() : Optional.of(LegacyTag.encode(shown));
    return new Choice(tag, shown, leftOut);
  }

  private static int rank(String type) {
    int known = KNOWN.indexOf(type);
    return known < 0 ? KNOWN.size() : known;
  }
}
