package community.cloudy.gossip.discovery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.catalogue.Refusals.Reason;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gate of a catalogue that is full: 10,000 announcements of 50 members. */
final class IntakeTest {
  private static final Endpoint FROM = new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 7946);

  private final VirtualTime time = new VirtualTime();
  private final Set<String> members = new HashSet<>();
  private final Refusals refusals = new Refusals();
  private final Catalogue catalogue = new Catalogue();
  private final List<TestNode> nodes = new ArrayList<>();
  private int verified;
  private final Intake intake =
      new Intake(
          catalogue,
          new Pins(Set.of()),
          refusals,
          new Intake.Surroundings(
              (record, done) -> {
                verified++;
                done.accept(true);
              },
              time,
              members::contains,
              new TestNode("self").key(),
              own -> {},
              event -> {}));

  private static Bytes record(TestNode node, String id, long sequence) {
    return SignedAnnouncement.sign(
            node.announcement(
                node.name(), id, sequence, Optional.of(TestNode.offer("Service " + id))),
            message -> new byte[64])
        .encoded();
  }

  private void hear(Bytes record) {
    intake.take(FROM, record, 3600, (taken, seconds) -> {});
  }

  private TestNode member(String name) {
    TestNode node = new TestNode(name);
    members.add(name);
    nodes.add(node);
    return node;
  }

  private void fill() {
    for (int i = 0; i < Catalogue.MAX / Catalogue.PER_NODE; i++) {
      TestNode node = member("n" + i);
      for (int s = 0; s < Catalogue.PER_NODE; s++) {
        hear(record(node, "s" + s, 1));
      }
    }
    assertThat(catalogue.size()).isEqualTo(Catalogue.MAX);
    verified = 0;
  }

  private long refused(Reason reason) {
    Map<String, Long> metrics = new HashMap<>();
    refusals.report(metrics);
    return metrics.getOrDefault(
        "refused_" + reason.name().toLowerCase(java.util.Locale.ROOT) + "_total", 0L);
  }

  @Test
  void checksNoSignatureOfWhatHasNoRoom() {
    fill();
    Bytes record = record(member("late"), "web", 1);

    for (int i = 0; i < 100; i++) {
      hear(record);
    }

    assertThat(verified).as("but the one with which it looked for strangers").isEqualTo(1);
    assertThat(refused(Reason.FULL)).isEqualTo(100);
    time.pass(TimeUnit.SECONDS.toNanos(1));
    hear(record);
    assertThat(verified).as("a second later it looks again").isEqualTo(2);
  }

  @Test
  void listensOnToWhoPassesOnWhatHasNoRoom() {
    fill();
    Bytes record = record(member("late"), "web", 1);
    for (int i = 0; i < 100; i++) {
      hear(record);
    }

    hear(record(nodes.get(0), "s0", 2));

    assertThat(catalogue.has(nodes.get(0).key(), "s0", 2)).isTrue();
    assertThat(refused(Reason.MUTED)).isZero();
  }

  @Test
  void letsMembersInWhereStrangersWere() {
    fill();
    members.remove("n7");
    TestNode late = member("late");

    hear(record(late, "web", 1));

    assertThat(catalogue.has(late.key(), "web", 1)).isTrue();
    assertThat(catalogue.size()).isEqualTo(Catalogue.MAX - Catalogue.PER_NODE + 1);
  }

  @Test
  void aMembersOwnBoundPushesNobodyOut() {
    fill();
    members.remove("n7");

    hear(record(nodes.get(0), "more", 1));

    assertThat(catalogue.size()).isEqualTo(Catalogue.MAX);
    assertThat(verified).isZero();
  }
}
