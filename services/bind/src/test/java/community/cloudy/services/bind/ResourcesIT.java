package community.cloudy.services.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.services.bind.named.StatisticsAccess;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** What the module answers by REST, and that what people write stays what they wrote. */
final class ResourcesIT {
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

  private Bind ready(String settings) {
    Bind bind = bed.start(bed.settings(settings));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bind.status().health().state()).isEqualTo(State.OK));
    return bind;
  }

  private static JsonNode get(
      Bind bind, String path, Map<String, String> places, Map<String, String> query)
      throws IOException {
    Resource<Bind> resource =
        new BindModule()
            .resources().stream().filter(r -> r.path().equals(path)).findFirst().orElseThrow();
    Call call = new Call(places, query, MissingNode.getInstance(), "test");
    return Bed.JSON.readTree(resource.endpoint().answer(bind, call).content());
  }

  @Test
  void listsZonesRecordsLookupsAndStatistics() throws IOException {
    Bind bind =
        ready("'zones': {'garden.test': {'records': [{'type': 'a', 'value': '10.1.2.3'}]}}");
    JsonNode zones = get(bind, "/zones", Map.of(), Map.of());
    assertThat(zones.path("zones").path(0).path("name").asText()).isEqualTo("garden.test");
    assertThat(zones.path("zones").path(0).path("serial").asLong()).isPositive();
    JsonNode records = get(bind, "/zones/{zone}/records", Map.of("zone", "garden.test"), Map.of());
    assertThat(records.path("records").findValuesAsText("value")).contains("10.1.2.3");
    JsonNode found = get(bind, "/lookup", Map.of(), Map.of("name", "garden.test", "type", "a"));
    assertThat(found.path("outcome").asText()).isEqualTo("NOERROR");
    assertThat(found.path("authoritative").asBoolean()).isTrue();
    JsonNode statistics = get(bind, "/statistics", Map.of(), Map.of());
    assertThat(statistics.path("qtypes").path("A").asLong()).isPositive();
    assertThat(statistics.path("version").asText()).startsWith("9.");
    assertThatThrownBy(() -> get(bind, "/lookup", Map.of(), Map.of("name", "a..b", "type", "a")))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void readsTheSameStatisticsFromXml() throws IOException {
    ready("");
    bed.dig("attic.cloudy.internal", "A");
    JsonNode json = Bed.JSON.valueToTree(StatisticsAccess.json(bed.statistics).counters());
    JsonNode xml = Bed.JSON.valueToTree(StatisticsAccess.xml(bed.statistics).counters());
    assertThat(names(xml.path("qtypes"))).isEqualTo(names(json.path("qtypes"))).contains("A");
    assertThat(names(xml.path("opcodes"))).contains("QUERY");
    assertThat(names(xml.path("nsstats"))).contains("Requestv4");
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new HashSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void servesAnyTextJustAsItWasWritten() throws IOException {
    Random random = new Random(42);
    String nasty = "\"\\;{}()$@ \t'`#/*.=,aé漢\u0001\u007f";
    ObjectNode zone = Bed.JSON.createObjectNode();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(1, 300); j > 0; j--) {
        char c = nasty.charAt(random.nextInt(nasty.length()));
        text.append(Character.isISOControl(c) ? ';' : c);
      }
      texts.add(text.toString());
      zone.withArray("records")
          .addObject()
          .put("name", "t" + i)
          .put("type", "txt")
          .put("value", text.toString());
    }
    String written = zone.toString();
    Bind bind = ready("'zones': {'garden.test': " + written.replace("'", "\\u0027") + "}");
    Name name = Name.fromString("garden.test.");
    for (Record record : bind.dns().transfer(name, bind.inUse().keys().transfer())) {
      if (record instanceof TXTRecord text) {
        int number = Integer.parseInt(record.getName().getLabelString(0).substring(1));
        StringBuilder served = new StringBuilder();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        text.getStringsAsByteArrays().forEach(bytes::writeBytes);
        served.append(bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(served.toString()).isEqualTo(texts.get(number));
      }
    }
    assertThat(bed.dig("t299.garden.test", "TXT")).hasSize(1);
  }
}
