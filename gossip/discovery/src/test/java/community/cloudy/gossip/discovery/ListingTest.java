package community.cloudy.gossip.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.discovery.Neighbours.Neighbour;
import community.cloudy.gossip.discovery.catalogue.Dads.Known;
import community.cloudy.gossip.discovery.catalogue.SignedAnnouncement;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ListingTest {
  private static Service shown(Health health) throws GeneralSecurityException {
    NodeKey key = NodeKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    Offer offer =
        new Offer(
            "website",
            "Garden",
            "",
            List.of(new ServiceEndpoint("http", "", 80, "/")),
            new TreeMap<>(),
            health);
    Announcement said = new Announcement(key, "attic", "garden", 1, 3600, Optional.of(offer));
    Member attic =
        new Member(
            "attic",
            new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 7946),
            new TreeMap<>(),
            MemberStatus.ALIVE,
            new Member.Versions(1, 5, 2, 2, 5, 4));
    Known known = new Known(SignedAnnouncement.sign(said, message -> new byte[64]).encoded(), 0);
    return new Listing(
            "barn",
            Duration.ofHours(2),
            0,
            List.of(known),
            Map.of("attic", new Neighbour(attic, 0, "", List.of())),
            Set.of(),
            Map.of())
        .services()
        .get(0);
  }

  @Test
  void whatIsNotOkIsGivenTheEvidenceAsItsReason() throws Exception {
    assertThat(shown(new Health(State.FAILING, "connection refused")).reasons())
        .endsWith("Failing: connection refused.");
    assertThat(shown(new Health(State.OK, "HTTP 200")).reasons()).hasSize(2);
  }

  @Test
  void withoutEvidenceTheReasonSaysThatNoneIsGiven() throws Exception {
    assertThat(shown(new Health(State.FAILING, "")).reasons())
        .endsWith("Failing: attic does not say why.");
    assertThat(shown(new Health(State.UNKNOWN, "")).reasons())
        .endsWith("Unknown: attic does not say why.");
  }
}
