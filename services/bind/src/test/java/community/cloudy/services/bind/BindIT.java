package community.cloudy.services.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module with a real named. */
final class BindIT {
  private static final String ZONES =
      "'zones': {'garden.test': {'records': ["
          + "{'name': 'www', 'type': 'a', 'value': '10.1.2.3'},"
          + "{'name': 'www', 'type': 'aaaa', 'value': 'fd00::3'},"
          + "{'type': 'mx', 'value': '10 mail'},"
          + "{'name': 'mail', 'type': 'a', 'value': '10.1.2.4'},"
          + "{'name': '_imap._tcp', 'type': 'srv', 'value': '0 1 143 mail'},"
          + "{'name': 'note', 'type': 'txt', 'value': 'say \\\"hi\\\"; {and} (so on)'}]}},"
          + "'reverse': ['10.1.2.0/24', 'fd00::/16']";

  @TempDir private Path folder;
  private Bed bed;

  @BeforeEach
  void open() {
    assumeTrue(Bed.isInstalled(), "needs named (package bind9)");
    bed = new Bed("attic", folder);
  }

  @AfterEach
  void close() {
    if (bed != null) {
      bed.close();
    }
  }

  private void ready(Bind bind) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bind.status().health().state()).isEqualTo(State.OK));
  }

  @Test
  void answersForwardReverseServicesAndTexts() {
    Bind bind = bed.start(bed.settings(ZONES));
    ready(bind);
    assertThat(bed.dig("www.garden.test", "A")).containsExactly("10.1.2.3");
    assertThat(bed.dig("garden.test", "MX")).containsExactly("10 mail.garden.test.");
    assertThat(bed.dig("_imap._tcp.garden.test", "SRV"))
        .containsExactly("0 1 143 mail.garden.test.");
    assertThat(bed.dig("note.garden.test", "TXT"))
        .containsExactly("\"say \\\"hi\\\"; {and} (so on)\"");
    assertThat(bed.dig("3.2.1.10.in-addr.arpa", "PTR")).containsExactly("www.garden.test.");
    assertThat(bed.dig("nothing.garden.test", "A")).containsExactly("NXDOMAIN");
  }

  @Test
  void answersForWhatIsAnnounced() {
    Bind bind = bed.start(bed.settings(""));
    ready(bind);
    bed.catalogue.set(
        List.of(
            Bed.service(
                "roof",
                "files",
                "syncthing",
                "10.9.8.7",
                State.OK,
                Map.of("node_id", "A\"B\\C;"))));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(bed.dig("files.roof.cloudy.internal", "A")).containsExactly("10.9.8.7"));
    assertThat(bed.dig("roof.cloudy.internal", "A")).containsExactly("10.9.8.7");
    assertThat(bed.dig("attic.cloudy.internal", "A")).containsExactly("127.0.0.1");
    assertThat(bed.dig("_syncthing._tcp.cloudy.internal", "SRV"))
        .containsExactly("16 0 8384 files.roof.cloudy.internal.");
    String instance = "The\\ files\\ \\(files\\)\\ on\\ roof._syncthing._tcp.cloudy.internal";
    assertThat(bed.dig("_syncthing._tcp.cloudy.internal", "PTR")).hasSize(1);
    assertThat(bed.dig(instance, "TXT")).containsExactly("\"node_id=A\\\"B\\\\C;\"");
    assertThat(bed.dig("_services._dns-sd._udp.cloudy.internal", "PTR"))
        .containsExactly("_syncthing._tcp.cloudy.internal.");
    bed.catalogue.set(List.of());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(bed.dig("roof.cloudy.internal", "A")).containsExactly("NXDOMAIN"));
  }
}
