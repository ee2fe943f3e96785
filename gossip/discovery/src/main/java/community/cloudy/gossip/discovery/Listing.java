package community.cloudy.gossip.discovery;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.Neighbours.Neighbour;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.catalogue.Dads.Known;
import community.cloudy.gossip.discovery.legacy.LegacyService;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.wire.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a moment's announcements and members what people see, with the reasons. A service is
 * what its node says as long as the node is there; nobody vouches for it after that.
 *
 * @param self this node's name
 * @param hideAfter how long the services of a failed node are still listed
 * @param now the moment, on the scheduler's clock
 * @param known what is announced
 * @param neighbours the members, by name
 * @param trusted fingerprints of the keys that a person has listed
 * @param own when each own service was last checked, in nanoseconds ago, by id
 */
record Listing(
    String self,
    Duration hideAfter,
    long now,
    List<Known> known,
    Map<String, Neighbour> neighbours,
    Set<String> trusted,
    Map<String, Long> own) {
  List<Service> services() {
    List<Service> services = new ArrayList<>();
    for (Known one : known) {
      Announcement said = one.announcement();
      said.offer().ifPresent(offer -> services.add(signed(said, offer, one.heardAt())));
    }
    neighbours.values().forEach(neighbour -> addLegacy(neighbour, services));
    return services;
  }

  private Service signed(Announcement said, Offer offer, long heardAt) {
    boolean isOwn = said.node().equals(self);
    Trust trust = isOwn ? Trust.OWN : isTrusted(said.key()) ? Trust.VERIFIED : Trust.PINNED;
    long age = isOwn ? own.getOrDefault(said.id(), now - heardAt) : now - heardAt;
    String why =
        switch (trust) {
          case OWN -> "This node announces it.";
          case VERIFIED -> "Signed by a key listed in discovery.trusted_keys.";
          default -> "Signed by the key first seen with the name " + said.node() + ".";
        };
    return shown(
        new Told(
            said.node(),
            Optional.of(said.key()),
            said.id(),
            offer,
            age,
            said.sequence(),
            trust,
            why),
        neighbours.get(said.node()));
  }

  private boolean isTrusted(NodeKey key) {
    return !trusted.isEmpty() && trusted.contains(key.fingerprint());
  }

  private void addLegacy(Neighbour neighbour, List<Service> services) {
    for (LegacyService legacy : neighbour.legacy()) {
      offerOf(legacy)
          .map(
              offer ->
                  new Told(
                      neighbour.member().name(),
                      Optional.empty(),
                      idOf(legacy),
                      offer,
                      now - neighbour.since(),
                      0,
                      Trust.UNVERIFIED,
                      "Told by a legacy node in its tag, signed by nobody: any node may claim any"
                          + " address."))
          .ifPresent(told -> services.add(shown(told, neighbour)));
    }
  }

  private static String idOf(LegacyService legacy) {
    String type = ServiceSpec.idOf("legacy", legacy.type());
    return type.substring(0, Math.min(34, type.length())) + "-" + legacy.port();
  }

  /** A legacy entry that breaks our rules is not shown; its neighbours are. */
  private static Optional<Offer> offerOf(LegacyService legacy) {
    try {
      String name = legacy.description().replace('_', ' ').strip();
      Map<String, String> attributes = new TreeMap<>();
      for (String part : legacy.text().split("[&\\s]+", 16)) {
        String[] pair = part.split("=", 2);
        if (pair.length == 2 && pair[0].matches("[A-Za-z0-9_.-]{1,32}")) {
          attributes.put(pair[0], pair[1]);
        }
      }
      return Optional.of(
          new Offer(
              legacy.type(),
              name.isEmpty() ? legacy.type() : name.substring(0, Math.min(64, name.length())),
              "",
              List.of(new ServiceEndpoint("tcp", legacy.address(), legacy.port(), "")),
              new TreeMap<>(attributes),
              new Health(State.UNKNOWN, "legacy nodes tell nothing of health")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A service as it was told.
   *
   * @param node who tells
   * @param key that signed it, if one did
   * @param id the service
   * @param offer what is told
   * @param age how old that is, in nanoseconds
   * @param sequence of the announcement
   * @param trust how sure it is who tells
   * @param why how that is known
   */
  private record Told(
      String node,
      Optional<NodeKey> key,
      String id,
      Offer offer,
      long age,
      long sequence,
      Trust trust,
      String why) {}

  /**
   * What the node's own state makes of a service.
   *
   * @param health what is believed
   * @param hidden whether it is left out
   * @param why the reason
   */
  private record Standing(Health health, boolean hidden, String why) {}

  private Service shown(Told told, @Nullable Neighbour neighbour) {
    Standing standing = standing(told, neighbour);
    List<String> reasons = new ArrayList<>(List.of(told.why, standing.why));
    if (standing.health.state() != State.OK) {
      String state = standing.health.state().name();
      String evidence = standing.health.evidence();
      reasons.add(
          "%s%s: %s."
              .formatted(
                  state.charAt(0),
                  state.substring(1).toLowerCase(Locale.ROOT),
                  evidence.isEmpty() ? told.node + " does not say why" : evidence));
    }
    String address = neighbour == null ? "" : host(neighbour.member().endpoint().address());
    boolean elsewhere =
        told.offer.endpoints().stream()
            .anyMatch(at -> !at.host().isEmpty() && !at.host().equals(address));
    if (elsewhere) {
      reasons.add("It names another address than the node's own: a third party's, perhaps.");
    }
    return new Service(
        told.node,
        told.key,
        told.id,
        at(address, told.offer.with(standing.health)),
        Duration.ofNanos(Math.max(0, told.age)),
        told.sequence,
        told.trust,
        standing.hidden,
        elsewhere,
        reasons);
  }

  private Standing standing(Told told, @Nullable Neighbour neighbour) {
    if (neighbour == null) {
      return new Standing(
          new Health(State.UNKNOWN, "the node is not a member of the community now"),
          true,
          "Hidden: " + told.node + " is not a member of the community now.");
    }
    MemberStatus status = neighbour.member().status();
    if (status == MemberStatus.ALIVE) {
      return new Standing(told.offer.health(), false, "Listed: " + told.node + " is alive.");
    }
    Duration gone = Duration.ofNanos(now - neighbour.since());
    boolean hidden = status != MemberStatus.FAILED || gone.compareTo(hideAfter) > 0;
    String reason = "%s is %s since %s.".formatted(told.node, status.text(), text(gone));
    return new Standing(
        new Health(State.UNKNOWN, "the node is " + status.text()),
        hidden,
        (hidden ? "Hidden: " : "Unknown: ") + reason);
  }

  /** Returns {@code offer} with {@code address} where it names no host. */
  private static Offer at(String address, Offer offer) {
    return new Offer(
        offer.type(),
        offer.name(),
        offer.description(),
        offer.endpoints().stream()
            .map(endpoint -> endpoint.host().isEmpty() ? endpoint.at(address) : endpoint)
            .toList(),
        offer.attributes(),
        offer.health());
  }

  /** Returns an address as text. */
  static String host(Bytes address) {
    try {
      return InetAddress.getByAddress(address.array()).getHostAddress();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String text(Duration time) {
    long seconds = NANOSECONDS.toSeconds(time.toNanos());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
