package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.DiscoveryEvent;
import community.cloudy.gossip.serf.Channel;
import community.cloudy.gossip.serf.ChannelLink;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A few nodes on virtual time; news reaches everybody at once unless it is told otherwise. */
final class Village {
  private static final long HOP = MILLISECONDS.toNanos(5);

  final VirtualTime time = new VirtualTime();
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<House> houses = new ArrayList<>();
  private final Set<House> cutOff = new HashSet<>();

  /** One node. */
  final class House implements ChannelLink {
    final TestNode identity;
    final Dads dads;
    final Endpoint endpoint;
    final List<DiscoveryEvent> events = new ArrayList<>();
    Channel channel;
    String tag = "";
    long newsSent;

    House(TestNode identity, Dads.Settings config, Set<String> trusted) {
      this.identity = identity;
      endpoint = new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, (byte) (houses.size() + 1)}), 7946);
      AtomicLong sequences = new AtomicLong();
      dads =
          new Dads(
              new Dads.Parts(
                  config,
                  new Dads.Identity(
                      identity.key(), identity.name(), identity::sign, sequences::incrementAndGet),
                  trusted,
                  time,
                  random.split(),
                  (record, done) -> time.schedule(1, () -> done.accept(TestNode.isGenuine(record))),
                  (key, receiver) -> {
                    channel = receiver;
                    return this;
                  },
                  this::retag,
                  events::add));
      houses.add(this);
    }

    private void retag(String value) {
      tag = value;
      houses.forEach(other -> other.hearOf(this, MemberStatus.ALIVE));
    }

    void hearOf(House other, MemberStatus status) {
      if (!cutOff.contains(this) && !cutOff.contains(other)) {
        dads.member(other.asMember(status), false);
      }
    }

    Member asMember(MemberStatus status) {
      return new Member(
          identity.name(),
          endpoint,
          tag.isEmpty() ? new TreeMap<>() : new TreeMap<>(Map.of(Dads.TAG, tag)),
          status,
          new Member.Versions(1, 5, 2, 2, 5, 5));
    }

    @Override
    public void broadcast(Bytes subject, Bytes message) {
      newsSent++;
      for (House other : houses) {
        if (other != this && reaches(other)) {
          time.schedule(HOP, () -> other.channel.message(endpoint, message));
        }
      }
    }

    private boolean reaches(House other) {
      return !cutOff.contains(this) && !cutOff.contains(other);
    }

    @Override
    public int largest() {
      return 1300;
    }

    @Override
    public void request(Endpoint to, Bytes request, Consumer<Optional<Bytes>> done) {
      House other = houses.stream().filter(h -> h.endpoint.equals(to)).findFirst().orElseThrow();
      time.schedule(
          HOP,
          () ->
              done.accept(
                  reaches(other)
                      ? Optional.of(other.channel.answer(endpoint, request))
                      : Optional.empty()));
    }

    @Override
    public Optional<Endpoint> anybody() {
      List<House> others =
          houses.stream().filter(other -> other != this && !other.tag.isEmpty()).toList();
      return others.isEmpty()
          ? Optional.empty()
          : Optional.of(others.get(random.nextInt(others.size())).endpoint);
    }

    /** Hears a record as news from {@code from}. */
    void hear(House from, Bytes record) {
      channel.message(from.endpoint, new RecordWriter().u32(1000).bytes(record.array()).toBytes());
      passMillis(10);
    }

    /** Returns "node/id" of everything this node knows. */
    Set<String> services() {
      Set<String> services = new TreeSet<>();
      for (Dads.Known known : dads.known()) {
        Announcement said = known.announcement();
        services.add(said.node() + "/" + said.id());
      }
      return services;
    }

    Offer offerOf(String node, String id) {
      return dads.known().stream()
          .map(Dads.Known::announcement)
          .filter(said -> said.node().equals(node) && said.id().equals(id))
          .findFirst()
          .flatMap(Announcement::offer)
          .orElseThrow();
    }

    long metric(String name) {
      Map<String, Long> metrics = new TreeMap<>();
      dads.report(metrics);
      return metrics.get(name);
    }
  }

  static Dads.Settings config() {
    return Dads.Settings.of(Profile.LAN);
  }

  House add(String name) {
    return add(new TestNode(name), config(), Set.of());
  }

  House add(TestNode identity, Dads.Settings config, Set<String> trusted) {
    House house = new House(identity, config, trusted);
    house.dads.start();
    for (House other : houses) {
      house.hearOf(other, MemberStatus.ALIVE);
      other.hearOf(house, MemberStatus.ALIVE);
    }
    passMillis(10);
    return house;
  }

  void cutOff(House house) {
    cutOff.add(house);
  }

  void reconnect(House house) {
    cutOff.remove(house);
    for (House other : houses) {
      house.hearOf(other, MemberStatus.ALIVE);
      other.hearOf(house, MemberStatus.ALIVE);
    }
  }

  void passMillis(long millis) {
    time.pass(MILLISECONDS.toNanos(millis));
  }

  void passSeconds(long seconds) {
    time.pass(SECONDS.toNanos(seconds));
  }
}
