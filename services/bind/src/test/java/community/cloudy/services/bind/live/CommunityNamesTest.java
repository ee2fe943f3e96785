package community.cloudy.services.bind.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.bind.zone.Records;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Update;

final class CommunityNamesTest {
  private static final Name ZONE = Records.below("z", Name.root);
  private static final Duration TTL = Duration.ofSeconds(30);

  private final CommunityNames names = new CommunityNames(ZONE, TTL);
  private final Map<String, Duration> distances = new TreeMap<>();

  private static Service service(
      String node, String id, String address, State state, Trust trust, boolean elsewhere) {
    List<ServiceEndpoint> endpoints = List.of(new ServiceEndpoint("tcp", address, 80, ""));
    Offer offer =
        new Offer("Web_app", id, "", endpoints, new TreeMap<>(), new Health(state, "seen"));
    return new Service(
        node, Optional.empty(), id, offer, Duration.ZERO, 1, trust, false, elsewhere, List.of());
  }

  private static Service service(String node, String address, State state) {
    return service(node, "shop", address, state, Trust.PINNED, false);
  }

  private List<String> answers(List<Service> services, String name) {
    Set<Record> records =
        names.of(
            "attic",
            InetAddress.getLoopbackAddress(),
            services,
            node -> Optional.ofNullable(distances.get(node)));
    return records.stream()
        .filter(record -> record.getName().toString().equals(name + ".z."))
        .map(Record::rdataToString)
        .sorted()
        .toList();
  }

  @Test
  void givesNamesToNodesServicesAndTypes() {
    List<Service> services = List.of(service("Old Mill", "10.0.0.2", State.OK));
    assertThat(answers(services, "attic")).containsExactly("127.0.0.1");
    assertThat(answers(services, "old-mill")).containsExactly("10.0.0.2");
    assertThat(answers(services, "shop.old-mill")).containsExactly("10.0.0.2");
    assertThat(answers(services, "web-app.old-mill")).containsExactly("10.0.0.2");
    assertThat(answers(services, "_web-app._tcp")).contains("16 0 80 shop.old-mill.z.");
  }

  @Test
  void answersWithTheNearestHealthyNode() {
    distances.put("near", Duration.ofMillis(2));
    distances.put("far", Duration.ofMillis(40));
    Service near = service("near", "10.0.0.2", State.OK);
    Service far = service("far", "10.0.0.3", State.OK);
    assertThat(answers(List.of(near, far), "web-app.nearest")).containsExactly("10.0.0.2");
    Service broken = service("near", "10.0.0.2", State.FAILING);
    assertThat(answers(List.of(broken, far), "web-app.nearest")).containsExactly("10.0.0.3");
    Service unseen = service("near", "10.0.0.2", State.UNKNOWN);
    assertThat(answers(List.of(unseen, far), "web-app.nearest")).containsExactly("10.0.0.3");
    assertThat(answers(List.of(unseen), "web-app.nearest")).containsExactly("10.0.0.2");
    assertThat(answers(List.of(broken), "web-app.nearest")).isEmpty();
    assertThat(answers(List.of(broken), "_web-app._tcp")).hasSize(1);
  }

  @Test
  void staysWithANodeUntilAnotherIsClearlyNearer() {
    List<Service> both =
        List.of(service("a", "10.0.0.2", State.OK), service("b", "10.0.0.3", State.OK));
    distances.put("a", Duration.ofMillis(10));
    distances.put("b", Duration.ofMillis(11));
    assertThat(answers(both, "web-app.nearest")).containsExactly("10.0.0.2");
    distances.put("b", Duration.ofMillis(9));
    assertThat(answers(both, "web-app.nearest")).containsExactly("10.0.0.2");
    distances.put("b", Duration.ofMillis(5));
    assertThat(answers(both, "web-app.nearest")).containsExactly("10.0.0.3");
  }

  @Test
  void letsNobodyTakeTheNameOfAnother() {
    List<Service> services =
        List.of(
            service("ATTIC", "10.6.6.6", State.OK),
            service("nearest", "10.6.6.6", State.OK),
            service("ns1", "10.6.6.6", State.OK),
            service("hut", "shop", "10.6.6.6", State.OK, Trust.UNVERIFIED, false),
            service("Hut", "shop", "10.0.0.2", State.OK, Trust.PINNED, false));
    assertThat(answers(services, "attic")).containsExactly("127.0.0.1");
    assertThat(answers(services, "ns1")).containsExactly("127.0.0.1");
    assertThat(answers(services, "nearest")).isEmpty();
    assertThat(answers(services, "hut")).containsExactly("10.0.0.2");
    assertThat(answers(services, "shop.hut")).containsExactly("10.0.0.2");
  }

  @Test
  void listsOnlyAsManyAsNamedTakes() {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      services.add(service("n" + i, "10.0.1." + i, State.OK));
    }
    assertThat(answers(services, "_web-app._tcp")).hasSize(200);
    assertThat(answers(services, "shop.n149")).containsExactly("10.0.1.149");
  }

  @Test
  void namesNothingAtAThirdParty() {
    List<Service> services =
        List.of(service("hut", "shop", "10.6.6.6", State.OK, Trust.PINNED, true));
    assertThat(answers(services, "hut")).isEmpty();
    assertThat(answers(services, "_web-app._tcp")).isEmpty();
  }

  /** A server in memory that says how often and how much it was updated. */
  private static final class Server implements LiveZone.Server {
    private final Set<Record> held = new HashSet<>();
    private final List<Integer> updates = new ArrayList<>();
    private boolean broken;

    @Override
    public List<Record> records() {
      return List.copyOf(held);
    }

    @Override
    public void update(Update update) throws IOException {
      if (broken) {
        throw new IOException("BIND answered SERVFAIL");
      }
      List<Record> changes = update.getSection(Section.UPDATE);
      updates.add(changes.size());
      for (Record change : changes) {
        if (change.getTTL() == 0) {
          held.removeIf(
              r ->
                  r.getName().equals(change.getName())
                      && r.rdataToString().equals(change.rdataToString()));
        } else {
          held.add(change);
        }
      }
    }
  }

  @Test
  void sendsOnlyWhatDiffers() throws IOException {
    Server server = new Server();
    LiveZone zone = new LiveZone(ZONE, server);
    Random random = new Random(8);
    Set<Record> wanted = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 20; j++) {
        Record record =
            Records.text(Records.below("n" + random.nextInt(40), ZONE), 30, List.of("t" + j));
        if (!wanted.remove(record)) {
          wanted.add(record);
        }
      }
      if (random.nextInt(5) == 0) {
        zone.doubt();
      }
      zone.become(wanted);
      assertThat(server.held).isEqualTo(wanted);
    }
    int before = server.updates.size();
    assertThat(zone.become(wanted)).isZero();
    assertThat(server.updates).hasSize(before);
  }

  @Test
  void putsManyChangesIntoFewMessages() throws IOException {
    Server server = new Server();
    Set<Record> wanted = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      wanted.add(Records.text(Records.below("n" + i, ZONE), 30, List.of("some text")));
    }
    assertThat(new LiveZone(ZONE, server).become(wanted)).isEqualTo(5_000);
    assertThat(server.updates).hasSizeBetween(2, 10);
  }

  @Test
  void readsTheZoneAgainAfterAnUpdateThatFailed() throws IOException {
    Server server = new Server();
    LiveZone zone = new LiveZone(ZONE, server);
    Set<Record> wanted = Set.of(Records.text(Records.below("n", ZONE), 30, List.of("x")));
    zone.become(Set.of());
    server.broken = true;
    assertThatThrownBy(() -> zone.become(wanted)).hasMessageContaining("SERVFAIL");
    server.broken = false;
    assertThat(zone.become(wanted)).isEqualTo(1);
    assertThat(server.held).isEqualTo(wanted);
  }
}
