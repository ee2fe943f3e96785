package community.cloudy.gossip.serf.swim;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final Peers peers = new Peers(new Random(1));

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      Peer peer = new Peer(Bytes.utf8("n" + i), Rig.at(i + 1), Swim.VERSIONS, 0);
      peers.add(peer);
      peers.countPresent(peer.state, State.ALIVE);
      peer.state = State.ALIVE;
    }
  }

  private static boolean even(Peer peer) {
    return peer.endpoint.address().at(3) % 2 == 0;
  }

  @Test
  void picksNeitherTheExcludedNorDuplicates() {
    add(100);
    for (int i = 0; i < 500; i++) {
      List<Peer> picked = peers.pick(3, PeersTest::even);
      assertThat(picked).hasSize(3).doesNotHaveDuplicates().allMatch(PeersTest::even);
    }
  }

  @Test
  void picksOthersEachTime() {
    add(20);
    Set<Peer> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.addAll(peers.pick(1, peer -> true));
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void picksAllThereAreWhenTheyAreFew() {
    add(100);
    assertThat(peers.pick(3, peer -> peer.name().equals(Bytes.utf8("n42")))).hasSize(1);
    assertThat(peers.pick(200, peer -> true)).hasSize(100).doesNotHaveDuplicates();
    assertThat(peers.pick(3, peer -> false)).isEmpty();
  }

  @Test
  void picksNobodyFromAnEmptyTable() {
    assertThat(peers.pick(3, peer -> true)).isEmpty();
    assertThat(peers.nextToProbe(peer -> true, peer -> false)).isNull();
  }

  @Test
  void probesEachOnceALap() {
    add(10);
    for (int lap = 0; lap < 3; lap++) {
      List<Peer> probed = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        probed.add(peers.nextToProbe(peer -> true, peer -> false));
      }
      assertThat(probed).doesNotHaveDuplicates();
    }
  }

  @Test
  void givesUpAfterOneLapWhenNobodyIsWanted() {
    add(10);
    assertThat(peers.nextToProbe(peer -> false, peer -> false)).isNull();
  }

  @Test
  void forgetsTheExpiredAtTheEndOfALap() {
    add(10);
    for (int i = 0; i < 10; i++) {
      peers.nextToProbe(peer -> true, PeersTest::even);
      assertThat(peers.size()).isEqualTo(10);
    }
    peers.nextToProbe(peer -> true, PeersTest::even);
    assertThat(peers.all()).hasSize(5).noneMatch(PeersTest::even);
    assertThat(peers.find(Bytes.utf8("n1"))).isNull();
  }

  @Test
  void countsWhoIsPresent() {
    add(3);
    assertThat(peers.present()).isEqualTo(3);
    peers.countPresent(State.ALIVE, State.SUSPECT);
    assertThat(peers.present()).isEqualTo(3);
    peers.countPresent(State.SUSPECT, State.DEAD);
    assertThat(peers.present()).isEqualTo(2);
    peers.countPresent(State.DEAD, State.LEFT);
    assertThat(peers.present()).isEqualTo(2);
  }
}
