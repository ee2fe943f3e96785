package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.config.GossipConfig;
import community.cloudy.agent.config.HostPort;
import community.cloudy.auth.Secret;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.SerfConfig;
import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SerfCommunityTest {
  @Test
  void passesEverySettingOn() {
    GossipConfig gossip =
        new GossipConfig(
            new HostPort("::", 7946),
            Optional.of(new HostPort("10.1.2.3", 1)),
            List.of("attic"),
            Profile.MESH,
            List.of(new Secret(new byte[16])),
            Optional.empty(),
            Set.of(),
            "north",
            false,
            Optional.empty(),
            Optional.empty(),
            Map.of("a", "b"),
            true);

    Optional<Place> place = Optional.of(new Place(41.61234567, -2.1));

    assertThat(SerfCommunity.serfConfig("n1", gossip, place, Path.of("snapshot")))
        .isEqualTo(
            SerfConfig.named("n1", "[::]:7946")
                .withAdvertise("10.1.2.3:1")
                .withJoin(List.of("attic"))
                .withProfile(Profile.MESH)
                .withKeys(List.of(Bytes.wrap(new byte[16])))
                .withLabel("north")
                .withCompression(false)
                .withTags(Map.of("a", "b", "cloudy", "1.0.0", "geo", "41.6123,-2.1000"))
                .withSnapshot(Path.of("snapshot")));
  }
}
