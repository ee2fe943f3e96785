package community.cloudy.gossip.discovery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.DiscoveryEvent;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.catalogue.Village.House;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DadsTest {
  private static final long WEEK = 7 * 24 * 3600L;

  private final Village village = new Village();

  private static Dads.Settings switched(boolean news, boolean antiEntropy, boolean tag) {
    Dads.Settings all = Village.config();
    return new Dads.Settings(all.ttlSeconds(), all.exchangeInterval(), news, antiEntropy, tag);
  }

  private House only(String name, boolean news, boolean antiEntropy, boolean tag) {
    return village.add(new TestNode(name), switched(news, antiEntropy, tag), Set.of());
  }

  @Test
  void newsAloneSuffices() {
    House attic = only("attic", true, false, false);
    House barn = only("barn", true, false, false);
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passMillis(100);
    assertThat(barn.services()).containsExactly("attic/web");
    attic.dads.withdraw("web");
    village.passMillis(100);
    assertThat(barn.services()).isEmpty();
  }

  @Test
  void antiEntropyAloneSuffices() {
    House attic = only("attic", false, true, false);
    House barn = only("barn", false, true, false);
    attic.tag = "1.0.0";
    barn.tag = "1.0.0";
    attic.dads.announce("web", TestNode.offer("Garden"));
    barn.dads.announce("sync", TestNode.offer("Files"));
    village.passSeconds(61);
    assertThat(barn.services()).containsExactly("attic/web", "barn/sync");
    assertThat(attic.services()).containsExactly("attic/web", "barn/sync");
    attic.dads.withdraw("web");
    village.passSeconds(61);
    assertThat(barn.services()).containsExactly("barn/sync");
  }

  @Test
  void theTagTellsThatOneIsBehind() {
    House attic = only("attic", false, false, true);
    House barn = only("barn", false, false, true);
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(6);
    assertThat(barn.services()).containsExactly("attic/web");
  }

  @Test
  void anEqualTagAsksForNothing() {
    House attic = only("attic", true, false, true);
    House barn = only("barn", true, false, true);
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(10);
    assertThat(barn.metric("exchanges_total")).isZero();
    assertThat(barn.services()).hasSize(1);
  }

  @Test
  void aNodeThatWasAwayForAWeekIsWholeAfterOneExchange() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    House mill = village.add("mill");
    for (int i = 0; i < 150; i++) {
      attic.dads.announce("old" + i, TestNode.offer("Old " + i));
    }
    village.passSeconds(2);
    assertThat(mill.services()).hasSize(150);
    village.cutOff(mill);
    for (int i = 0; i < 150; i++) {
      attic.dads.withdraw("old" + i);
      barn.dads.announce("new" + i, TestNode.offer("New " + i));
    }
    mill.dads.announce("own", TestNode.offer("Own"));
    village.passSeconds(WEEK);
    village.reconnect(mill);
    mill.dads.exchangeWith(attic.endpoint, () -> {});
    village.passMillis(2000);
    assertThat(mill.services()).isEqualTo(attic.services()).hasSize(151);
  }

  @Test
  void whatIsWithdrawnDoesNotComeBackWithOneWhoMissedIt() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    House mill = village.add("mill");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(1);
    village.cutOff(mill);
    attic.dads.withdraw("web");
    village.passSeconds(600);
    assertThat(mill.services()).containsExactly("attic/web");
    village.reconnect(mill);
    village.passSeconds(120);
    assertThat(mill.services()).isEmpty();
    assertThat(barn.services()).isEmpty();
    assertThat(attic.services()).isEmpty();
  }

  @Test
  void theOwnerDeniesWhatOthersStillHaveAfterItsWithdrawalIsForgotten() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    SignedAnnouncement old = attic.identity.signed("web", 500, TestNode.offer("Garden"));
    barn.hear(attic, old.encoded());
    assertThat(barn.services()).containsExactly("attic/web");
    attic.hear(barn, old.encoded());
    village.passSeconds(1);
    assertThat(barn.services()).isEmpty();
    assertThat(attic.metric("denials_total")).isEqualTo(1);
  }

  @Test
  void anOwnerThatForgotItsSequenceSpeaksUp() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    barn.hear(attic, attic.identity.signed("web", 9000, TestNode.offer("Old")).encoded());
    attic.dads.announce("web", TestNode.offer("New"));
    village.passSeconds(90);
    assertThat(barn.offerOf("attic", "web").name()).isEqualTo("New");
  }

  @Test
  void announcementsOfADeadNodeLapse() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(1);
    village.cutOff(attic);
    village.passSeconds(2 * 24 * 3600);
    assertThat(barn.services()).containsExactly("attic/web");
    village.passSeconds(24 * 3600 + 60);
    assertThat(barn.services()).isEmpty();
    assertThat(attic.services()).as("the owner keeps its own").containsExactly("attic/web");
  }

  @Test
  void relaysDoNotProlongWhatADeadNodeSaid() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(1);
    village.cutOff(attic);
    village.passSeconds(2 * 24 * 3600);
    House mill = village.add("mill");
    village.passSeconds(60);
    assertThat(mill.services()).containsExactly("attic/web");
    village.passSeconds(24 * 3600 + 60);
    assertThat(mill.services()).isEmpty();
    assertThat(barn.services()).isEmpty();
  }

  @Test
  void aLivingNodeRepeatsWhatItAnnounces() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passSeconds(2 * WEEK);
    assertThat(barn.services()).containsExactly("attic/web");
    assertThat(barn.metric("accepted_total")).isLessThan(20);
  }

  @Test
  void aForgedAnnouncementIsRefusedCountedAndNotRelayed() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    House mill = village.add("mill");
    byte[] forged = attic.identity.signed("web", 3, TestNode.offer("Garden")).encoded().array();
    forged[forged.length - 1] ^= 1;
    barn.hear(mill, Bytes.wrap(forged));
    assertThat(barn.services()).isEmpty();
    assertThat(mill.services()).isEmpty();
    assertThat(barn.newsSent).isZero();
    assertThat(barn.metric("refused_signature_total")).isEqualTo(1);
    assertThat(barn.dads.refusedSources()).containsEntry(mill.endpoint.address(), 1L);
  }

  @Test
  void aReplayedAnnouncementChangesNothing() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("First"));
    village.passMillis(50);
    SignedAnnouncement first = attic.identity.signed("web", 1, TestNode.offer("First"));
    attic.dads.announce("web", TestNode.offer("Second"));
    village.passMillis(50);
    barn.hear(attic, first.encoded());
    assertThat(barn.offerOf("attic", "web").name()).isEqualTo("Second");
    assertThat(barn.newsSent).as("relayed each of the two once").isEqualTo(2);
  }

  @Test
  void anOversizedAnnouncementIsRefusedAndCounted() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    byte[] record = attic.identity.signed("web", 1, TestNode.offer("Garden")).encoded().array();
    barn.hear(attic, Bytes.wrap(java.util.Arrays.copyOf(record, 1001)));
    assertThat(barn.services()).isEmpty();
    assertThat(barn.metric("refused_malformed_total")).isEqualTo(1);
  }

  @Test
  void aHijackedNameRaisesAnAlarmOnceAndKeepsThePin() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passMillis(50);
    TestNode thief = new TestNode("attic");
    barn.hear(attic, thief.signed("web", 99, TestNode.offer("Stolen")).encoded());
    barn.hear(attic, thief.signed("web", 100, TestNode.offer("Stolen")).encoded());
    assertThat(barn.offerOf("attic", "web").name()).isEqualTo("Garden");
    assertThat(barn.events.stream().filter(DiscoveryEvent.KeyAlarm.class::isInstance))
        .containsExactly(
            new DiscoveryEvent.KeyAlarm("attic", attic.identity.key(), thief.key(), false));
    assertThat(barn.metric("refused_hijack_total")).isEqualTo(2);
    assertThat(barn.dads.claims()).containsEntry("attic", thief.key());
  }

  @Test
  void aNewKeyCountsOnceAPersonAcceptsIt() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Before"));
    village.passMillis(50);
    TestNode reinstalled = new TestNode("attic");
    barn.hear(attic, reinstalled.signed("web", 1, TestNode.offer("After")).encoded());
    barn.dads.pin("attic", reinstalled.key());
    assertThat(barn.services()).isEmpty();
    barn.hear(attic, reinstalled.signed("web", 1, TestNode.offer("After")).encoded());
    assertThat(barn.offerOf("attic", "web").name()).isEqualTo("After");
    assertThat(barn.dads.claims()).isEmpty();
  }

  @Test
  void aTrustedKeyTakesItsNameBack() {
    TestNode real = new TestNode("attic");
    House barn =
        village.add(new TestNode("barn"), Village.config(), Set.of(real.key().fingerprint()));
    House mill = village.add("mill");
    TestNode thief = new TestNode("attic");
    barn.hear(mill, thief.signed("web", 1, TestNode.offer("Stolen")).encoded());
    assertThat(barn.services()).containsExactly("attic/web");
    barn.hear(mill, real.signed("sync", 1, TestNode.offer("Files")).encoded());
    assertThat(barn.services()).containsExactly("attic/sync");
    assertThat(barn.dads.isTrusted(real.key())).isTrue();
    assertThat(barn.dads.isTrusted(thief.key())).isFalse();
  }

  @Test
  void twoNodesThatAnnounceTheSameStayTwo() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("proxy", TestNode.offer("Proxy"));
    barn.dads.announce("proxy", TestNode.offer("Proxy"));
    village.passMillis(50);
    attic.dads.withdraw("proxy");
    village.passMillis(50);
    assertThat(attic.services()).containsExactly("barn/proxy");
    assertThat(barn.services()).containsExactly("barn/proxy");
  }

  @Test
  void nobodyElseCanWithdraw() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    House mill = village.add("mill");
    attic.dads.announce("web", TestNode.offer("Garden"));
    village.passMillis(50);
    SignedAnnouncement foreign =
        SignedAnnouncement.sign(
            mill.identity.announcement("attic", "web", 99, Optional.empty()), mill.identity::sign);
    barn.hear(mill, foreign.encoded());
    assertThat(barn.services()).containsExactly("attic/web");
  }

  @Test
  void aSourceOfNonsenseIsNoLongerListenedToForAWhile() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    for (int i = 0; i < 60; i++) {
      barn.hear(attic, Bytes.utf8("nonsense " + i));
    }
    Bytes good = attic.identity.signed("web", 1, TestNode.offer("Garden")).encoded();
    barn.hear(attic, good);
    assertThat(barn.services()).isEmpty();
    assertThat(barn.metric("refused_muted_total")).isPositive();
    village.passSeconds(61);
    barn.hear(attic, good);
    assertThat(barn.services()).containsExactly("attic/web");
  }

  @Test
  void aNodeMayAnnounceTwoHundredServicesAndNoMore() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    for (int i = 0; i < Catalogue.PER_NODE; i++) {
      attic.dads.announce("s" + i, TestNode.offer("S" + i));
    }
    village.passSeconds(1);
    assertThat(barn.services()).hasSize(200);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> attic.dads.announce("more", TestNode.offer("More"))))
        .hasMessageContaining("200 services");
    barn.hear(attic, attic.identity.signed("more", 9999, TestNode.offer("More")).encoded());
    assertThat(barn.services()).hasSize(200);
    assertThat(barn.metric("refused_full_total")).isEqualTo(1);
  }

  @Test
  void whatIsStoredComesBackAfterARestart() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    attic.dads.announce("web", TestNode.offer("Garden"));
    attic.dads.announce("old", TestNode.offer("Old"));
    attic.dads.withdraw("old");
    village.passMillis(50);
    List<Dads.Stored> stored = new ArrayList<>(barn.dads.stored());
    assertThat(stored).hasSize(2);
    House again = village.new House(new TestNode("mill"), Village.config(), Set.of());
    stored.forEach(record -> assertThat(again.dads.restore(record)).isTrue());
    assertThat(again.services()).containsExactly("attic/web");
    again.hear(attic, attic.identity.signed("old", 2, TestNode.offer("Old")).encoded());
    assertThat(again.services()).as("the withdrawal was kept").containsExactly("attic/web");
    assertThat(again.dads.restore(new Dads.Stored(Bytes.utf8("damaged"), 5))).isFalse();
  }

  @Test
  void sameOfferTwiceIsNoNews() {
    House attic = village.add("attic");
    assertThat(attic.dads.announce("web", TestNode.offer("Garden"))).isTrue();
    assertThat(attic.dads.announce("web", TestNode.offer("Garden"))).isFalse();
    assertThat(
            attic.dads.announce(
                "web", TestNode.offer("Garden").with(new Health(Health.State.FAILING, "refused"))))
        .isTrue();
    assertThat(attic.newsSent).isEqualTo(2);
  }

  @Test
  void malformedRequestsGetNoAnswerAndAreCounted() {
    House attic = village.add("attic");
    House barn = village.add("barn");
    assertThat(barn.channel.answer(attic.endpoint, Bytes.utf8("?")).isEmpty()).isTrue();
    assertThat(barn.channel.answer(attic.endpoint, Bytes.EMPTY).isEmpty()).isTrue();
    assertThat(barn.channel.answer(attic.endpoint, new ExchangeMessage.Done().encode()).isEmpty())
        .isTrue();
    assertThat(barn.metric("refused_malformed_total")).isEqualTo(3);
  }
}
