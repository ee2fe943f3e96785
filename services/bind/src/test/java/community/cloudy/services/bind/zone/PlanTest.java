package community.cloudy.services.bind.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.spi.settings.SettingsException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

final class PlanTest {
  private static BindSettings settings(String json) throws JsonProcessingException {
    return Settings.bind(BindSettings.class, new ObjectMapper().readTree(json.replace('\'', '"')));
  }

  private static Plan plan(String json) throws JsonProcessingException {
    return Plan.of(settings(json), List.of(), InetAddress.getLoopbackAddress());
  }

  private static List<String> records(Plan plan, String zone) {
    return plan.primaries().stream()
        .filter(primary -> primary.name().toString(true).equals(zone))
        .flatMap(primary -> primary.records().stream())
        .map(r -> r.getName() + " " + r.rdataToString())
        .toList();
  }

  @Test
  void needsNothingToBeWritten() throws JsonProcessingException {
    BindSettings settings = settings("{}");
    assertThat(settings.port()).isEqualTo(53);
    assertThat(settings.networks()).hasSize(7);
    assertThat(settings.catalogue().zone().text()).isEqualTo("cloudy.internal");
    assertThat(plan("{}").zones()).singleElement().isInstanceOf(Zone.Dynamic.class);
    assertThat(Settings.bind(BindSettings.class, Settings.json(settings))).isEqualTo(settings);
  }

  @Test
  void namesAddressesAfterTheirFirstRecord() throws JsonProcessingException {
    Plan plan =
        plan(
            "{'reverse': ['10.1.0.0/16'], 'zones': {'b.test': {'records': ["
                + "{'name': 'two', 'type': 'a', 'value': '10.1.2.3'},"
                + "{'name': '*', 'type': 'a', 'value': '10.1.2.5'},"
                + "{'name': 'out', 'type': 'a', 'value': '10.2.2.3'}]},"
                + "'a.test': {'records': [{'name': 'one', 'type': 'a', 'value': '10.1.2.3'}]}}}");
    assertThat(records(plan, "1.10.in-addr.arpa"))
        .containsExactly("3.2.1.10.in-addr.arpa. one.a.test.");
  }

  @Test
  void listsItsZonesForSecondaries() throws JsonProcessingException {
    Plan plan =
        plan(
            "{'secondaries': ['10.1.2.3'], 'zones': {'late.test': {}, 'x.test': {'view':"
                + " 'external'}, 'f.test': {'type': 'forward', 'servers': ['10.1.1.1']}}}");
    // The label is what sha1sum prints of the name's wire form.
    assertThat(records(plan, "catalog.internal"))
        .contains(
            "version.catalog.internal. 2",
            "4d2d5762d54b5bb8a0b5f7c55a5c4d2a1da420c0.zones.catalog.internal. late.test.")
        .anyMatch(r -> r.endsWith(" cloudy.internal."))
        .hasSize(3);
  }

  @Test
  void refusesWhatCannotBe() {
    for (String json :
        List.of(
            "{'zones': {'a b': {}}}",
            "{'zones': {'a\\nb': {}}}",
            "{'zones': {'a;}': {}}}",
            "{'zones': {'A.test': {}, 'a.test': {}}}",
            "{'zones': {'cloudy.internal': {}}}",
            "{'zones': {'a.test': {'type': 'secondary'}}}",
            "{'zones': {'a.test': {'type': 'forward', 'servers': ['10.1.1.1; }; evil']}}}",
            "{'zones': {'a.test': {'type': 'forward', 'view': 'external', 'servers':"
                + " ['10.1.1.1']}}}",
            "{'zones': {'a.test': {'contact': 'a@b; x'}}}",
            "{'forwarders': ['10.1.1.1@0']}",
            "{'networks': ['10.0.0.1/8']}",
            "{'networks': ['10.0.0.0/33']}",
            "{'reverse': ['10.0.0.0/9']}",
            "{'listen': ['example.net']}",
            "{'port': 53, 'control_port': 53}",
            "{'user': 'a b'}",
            "{'program': 'named'}",
            "{'secondaries': ['10.1.1.1'], 'follow': [{'server': '10.1.1.2'}]}",
            "{'guifi': {'domains': 'ftp://x/y'}}",
            "{'catalogue': {'zone': 'a\\\"b'}}")) {
      assertThatThrownBy(() -> settings(json)).as(json).isInstanceOf(SettingsException.class);
    }
  }

  @Test
  void keepsWhatAPersonWroteOverWhatWasTakenOver() throws JsonProcessingException {
    Name name = Records.below("test", Records.below("a", Name.root));
    BindSettings settings = settings("{'zones': {'test.a': {}}}");
    Zone imported =
        new Zone.Forward(
            name, community.cloudy.services.bind.settings.View.INTERNAL, "guifi", List.of());
    Plan plan = Plan.of(settings, List.of(imported), InetAddress.getLoopbackAddress());
    assertThat(plan.zones()).extracting(Zone::origin).containsExactly("settings", "catalogue");
  }
}
