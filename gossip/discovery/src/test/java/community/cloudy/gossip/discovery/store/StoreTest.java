package community.cloudy.gossip.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.catalogue.Dads.Stored;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path folder;

  private static ServiceSpec spec(String id, Optional<CheckPlan> plan) {
    ServiceSpec spec =
        ServiceSpec.of(
            id,
            "website",
            "Name of " + id,
            "\"quoted\" \u00e7",
            List.of(new ServiceEndpoint("https", "10.1.2.3", 8443, "/x")),
            new TreeMap<>(Map.of("a", "1", "b", "two")));
    return new ServiceSpec(id, spec.offer(), plan);
  }

  @Test
  void announcementsReadBackWithEveryKindOfCheck() throws IOException {
    List<ServiceSpec> specs =
        List.of(
            spec("none", Optional.empty()),
            spec("http", Optional.of(CheckPlan.of(new Check.Http(false, "/")))),
            spec("https", Optional.of(CheckPlan.of(new Check.Http(true, "/health")))),
            spec("tcp", Optional.of(CheckPlan.of(new Check.Tcp()))),
            spec("udp", Optional.of(CheckPlan.of(new Check.Udp()))),
            spec("pushed", Optional.of(CheckPlan.of(new Check.Pushed()))),
            spec(
                "dns",
                Optional.of(
                    new CheckPlan(
                        new Check.Dns("example.org"),
                        Duration.ofSeconds(7),
                        Duration.ofMillis(1500),
                        4,
                        1))));
    AnnouncementFile file = new AnnouncementFile(folder.resolve("a.json"));
    file.write(3000, specs);
    assertThat(file.read()).isEqualTo(new AnnouncementFile.Content(3000, specs));
    assertThat(Files.getPosixFilePermissions(folder.resolve("a.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void noFilesMeanNothingKnown() throws IOException {
    assertThat(new AnnouncementFile(folder.resolve("a")).read().services()).isEmpty();
    assertThat(new CatalogueFile(folder.resolve("c")).read(NOON)).isEmpty();
    assertThat(new PinFile(folder.resolve("p")).read()).isEmpty();
  }

  @Test
  void aDamagedAnnouncementFileSaysWhere() throws IOException {
    Path path = folder.resolve("a.json");
    for (String text :
        List.of(
            "",
            "[]",
            "{\"sequence\": 1}",
            "{\"sequence\": 1, \"services\": [{\"id\": \"A B\"}]}",
            "{\"sequence\": \"x\", \"services\": []}",
            "{\"sequence\": 1, \"services\": [")) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> new AnnouncementFile(path).read())
          .as(text)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void theCatalogueAgesWhileTheNodeIsOff() throws IOException {
    CatalogueFile file = new CatalogueFile(folder.resolve("c"));
    file.write(
        List.of(new Stored(Bytes.utf8("short"), 60), new Stored(Bytes.utf8("long"), 7200)), NOON);
    assertThat(file.read(NOON.plusSeconds(3600)))
        .containsExactly(new Stored(Bytes.utf8("long"), 3600));
  }

  @Test
  void aClockThatWentBackKeepsTheCatalogueAsItWas() throws IOException {
    CatalogueFile file = new CatalogueFile(folder.resolve("c"));
    List<Stored> stored = List.of(new Stored(Bytes.utf8("one"), 60));
    file.write(stored, NOON);
    assertThat(file.read(Instant.EPOCH)).isEqualTo(stored);
  }

  @Test
  void aDamagedCatalogueIsAsGoodAsNone() throws IOException {
    Path path = folder.resolve("c");
    CatalogueFile file = new CatalogueFile(path);
    file.write(List.of(new Stored(Bytes.utf8("one"), 60)), NOON);
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, java.util.Arrays.copyOf(whole, length));
      assertThat(file.read(NOON)).isEmpty();
    }
  }

  @Test
  void pinsReadBackAndADamagedLineIsNamed() throws IOException {
    Path path = folder.resolve("p");
    PinFile file = new PinFile(path);
    Map<String, NodeKey> pins =
        Map.of(
            "a node with spaces", new NodeKey(Bytes.wrap(new byte[32])),
            "n\u00e7",
                new NodeKey(
                    Bytes.wrap(
                        "x".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    file.write(pins);
    assertThat(file.read()).isEqualTo(pins);
    Files.writeString(path, Files.readString(path) + "nonsense\n");
    assertThatThrownBy(file::read).hasMessageContaining("line 3");
  }
}
