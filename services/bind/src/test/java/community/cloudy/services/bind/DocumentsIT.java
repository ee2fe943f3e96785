package community.cloudy.services.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents as guifi.net makes them, served by a real named. */
final class DocumentsIT {
  static final String DOMAINS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <cnml version="0.1"><domains><internal>
        <master zone="valley.test" nameserver="ns1" domain_ip="10.2.2.2" contact="a.b@valley.test"
            allow-transfer="any" externalMX="mx.other.test">
          <host name="ns1" IPv4="10.2.2.1" NS="y"/>
          <host name="web" IPv4="10.2.2.3,10.2.2.4" CNAME="www,blog" MX="y" Priority="5"/>
          <delegation name="sub.valley.test" NS="ns.sub.valley.test" IPv4="10.2.2.9"/>
        </master>
        <forward zone="away.test" forwarder="10.3.3.3"/>
        <slave zone="copy.test" master="10.3.3.4,10.3.3.5"/>
      </internal><external>
        <master zone="valley.test" nameserver="ns1" contact="a@valley.test">
          <host name="ns1" IPv4="192.0.2.1" NS="y"/>
        </master>
      </external></domains></cnml>
      """;
  static final String ADDRESSES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <cnml><subnet range="10">
        <IP address="10.5.6.7" device_id="42" nick="Roof_of (Ana)"/>
      </subnet><subnet range="172">
        <IP address="172.16.1.2" device_id="43" nick="Tower"/>
      </subnet></cnml>
      """;

  @TempDir private Path folder;
  private Bed bed;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Bed.isInstalled(), "needs named (package bind9)");
    bed = new Bed("attic", Files.createDirectory(folder.resolve("attic")));
  }

  @AfterEach
  void close() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void takesDocumentsOverWholeOrNotAtAll() throws IOException {
    Path domains = folder.resolve("domains.xml");
    Path addresses = folder.resolve("ips.xml");
    Files.writeString(domains, DOMAINS);
    Files.writeString(addresses, ADDRESSES);
    String settings =
        "'guifi': {'domains': '%s', 'addresses': '%s', 'every': '1h'}"
            .formatted(domains, addresses);
    Bind bind = bed.start(bed.settings(settings));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bind.status().health().state()).isEqualTo(State.OK));
    assertThat(bind.importNow()).isEqualTo(7);
    await().atMost(Duration.ofSeconds(20)).untilAsserted(this::answersForTheDocuments);

    Files.writeString(domains, DOMAINS.replace("10.2.2.1\"", "10.2.2\""));
    assertThatThrownBy(bind::importNow)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("line 5");
    Files.writeString(domains, DOMAINS.replace("CNAME=\"www,blog\"", "CNAME=\"ns1\""));
    assertThatThrownBy(bind::importNow)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("CNAME and other data");
    assertThat(bind.status().facts()).containsKey("import_problem");
    answersForTheDocuments();
  }

  private void answersForTheDocuments() {
    assertThat(bed.dig("blog.valley.test", "A"))
        .containsExactly("10.2.2.3", "10.2.2.4", "web.valley.test.");
    assertThat(bed.dig("any.valley.test", "A")).containsExactly("10.2.2.2");
    assertThat(bed.dig("valley.test", "MX"))
        .containsExactly("10 mx.other.test.", "5 web.valley.test.");
    assertThat(bed.dig("RoofofAna--42.ip.guifi.net", "A")).containsExactly("10.5.6.7");
    assertThat(bed.dig("7.6.5.10.in-addr.arpa", "PTR"))
        .containsExactly("RoofofAna--42.ip.guifi.net.");
    assertThat(bed.dig("2.1.16.172.in-addr.arpa", "PTR"))
        .containsExactly("Tower--43.ip.guifi.net.");
  }
}
