package community.cloudy.services.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/** Two real servers: a primary, and a secondary that knows only the primary's list of zones. */
final class SecondaryIT {
  private static final String GARDEN =
      "'garden.test': {'records': [{'name': 'www', 'type': 'a', 'value': '10.1.2.%d'}]}";

  @TempDir private Path folder;
  private Bed primary;
  private Bed secondary;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Bed.isInstalled(), "needs named (package bind9)");
    primary = new Bed("attic", Files.createDirectory(folder.resolve("primary")));
    secondary = new Bed("roof", Files.createDirectory(folder.resolve("secondary")));
  }

  @AfterEach
  void close() {
    if (secondary != null) {
      secondary.close();
      primary.close();
    }
  }

  private String primarySettings(int last, String moreZones) {
    return "'secondaries': ['127.0.0.1@%d'], 'zones': {%s%s}"
        .formatted(secondary.port, GARDEN.formatted(last), moreZones);
  }

  private static void ready(Bind bind) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bind.status().health().state()).isEqualTo(State.OK));
  }

  private void secondaryAnswers(String name, String value) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(secondary.dig(name, "A")).containsExactly(value));
  }

  @Test
  void copiesAllZonesOfTheListAndFollowsTheirChanges() {
    Bind first = primary.start(primary.settings(primarySettings(1, "")));
    ready(first);
    primary.catalogue.set(List.of(Bed.service("hut", "files", "x", "10.9.8.7", State.OK)));
    Path key = folder.resolve("primary/keys/transfer.key");
    String follow =
        "'catalogue': {'enabled': false}, 'transfer_key_file': '%s',".formatted(key)
            + "'follow': [{'server': '127.0.0.1@%d'}]".formatted(primary.port);
    ready(secondary.start(secondary.settings(follow)));
    secondaryAnswers("www.garden.test", "10.1.2.1");
    secondaryAnswers("files.hut.cloudy.internal", "10.9.8.7");

    first.reload(
        primary.settings(primarySettings(2, ", " + GARDEN.formatted(3).replace("garden", "wood"))));
    secondaryAnswers("www.garden.test", "10.1.2.2");
    secondaryAnswers("www.wood.test", "10.1.2.3");
    primary.catalogue.set(List.of(Bed.service("hut", "files", "x", "10.9.8.6", State.OK)));
    secondaryAnswers("files.hut.cloudy.internal", "10.9.8.6");
  }

  @Test
  void letsOnlyHoldersOfTheKeyCopyAZone() throws IOException {
    Bind bind = primary.start(primary.settings(primarySettings(1, "")));
    ready(bind);
    Name zone = Name.fromString("garden.test.");
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), primary.port);
    assertThatThrownBy(() -> ZoneTransferIn.newAXFR(zone, server, null).run())
        .isInstanceOf(ZoneTransferException.class);
    assertThat(bind.dns().transfer(zone, bind.inUse().keys().transfer())).hasSize(4);
  }
}
