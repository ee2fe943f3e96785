package community.cloudy.services.graphs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CnmlTest {
  @TempDir Path folder;

  private Listed read(int server, String inner) throws IOException {
    Path file = folder.resolve("a.xml");
    Files.writeString(file, "<?xml version='1.0'?><cnml><network>" + inner + "</network></cnml>");
    return Cnml.read(file, server);
  }

  /** Much as guifi.net writes it. */
  private static final String REST =
      "' status='Working' name='NanoStation M5' type='radio'>A comment of some length on it."
          + "<radio id='0' device_id='1' ssid='guifi.net-hill-0123' mode='ap' snmp_index='5'>"
          + "<interface id='1' mac='00:11:22:33:44:55' ipv4='10.1.1.1' mask='255.0.0.0'>"
          + "<link id='1' linked_device_id='7' link_type='ap/client' link_status='Working'/>"
          + "</interface></radio></device>";

  private static String device(String attributes, String inner) {
    return "<zone id='1'><node id='5' title='Hill'><device "
        + attributes
        + ">"
        + inner
        + "</device></node></zone>";
  }

  @Test
  void readsADeviceWithItsPortsAndClients() throws IOException {
    Listed listed =
        read(
            0,
            device(
                "id='7' title='HillRd1' mainipv4='10.1.2.3' status='Working'",
                "<radio id='0' mode='ap' ssid='guifi-hill' snmp_index='6'>"
                    + "<interface id='1'><link linked_device_id='8' link_type='ap/client'/>"
                    + "<link linked_device_id='9' link_type='ap/client' link_status='Dropped'/>"
                    + "<link linked_device_id='10' link_type='wds'/></interface></radio>"
                    + "<radio id='1' mode='client' snmp_name='wlan2'>"
                    + "<interface><link linked_device_id='11' link_type='ap/client'/></interface>"
                    + "</radio><radio id='2'/>"));
    Device device = listed.devices().get(0);
    assertThat(device.title()).isEqualTo("HillRd1");
    assertThat(device.node()).isEqualTo("5");
    assertThat(listed.nodes()).containsEntry("5", "Hill");
    assertThat(device.address().orElseThrow().getHostAddress()).isEqualTo("10.1.2.3");
    assertThat(device.ports())
        .containsExactly(
            new Port(6, Optional.empty(), OptionalInt.of(6), "guifi-hill"),
            new Port(1, Optional.of("wlan2"), OptionalInt.empty(), ""));
    assertThat(device.clients()).containsExactly("8");
  }

  @Test
  void needsNothingButAnId() throws IOException {
    Listed listed = read(0, "<device id='7'/><node><device id='8'/></node><device/>");
    assertThat(listed.devices()).extracting(Device::id).containsExactly("7", "8");
    assertThat(listed.devices()).allSatisfy(d -> assertThat(d.ports()).containsExactly(Csv.FIRST));
    assertThat(listed.skipped()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatDoesNotStand() throws IOException {
    for (String status : List.of("Planned", "Dropped", "Inactive", "Building", "reserved")) {
      assertThat(read(0, device("id='7' status='" + status + "'", "")).devices()).isEmpty();
      String node = "<node status='" + status + "'><device id='7'/></node>";
      assertThat(read(0, node).devices()).isEmpty();
    }
    assertThat(read(0, device("id='7' status='Testing'", "")).devices()).hasSize(1);
  }

  @Test
  void takesTheGraphServerFromTheNodeTheZoneAndTheZoneAboveIt() throws IOException {
    String zones =
        "<zone graph_server='3'><zone graph_server='0'>"
            + "<node><device id='1'/><device id='2' graph_server='4'/>"
            + "<device id='3' graph_server='-1'/><device id='4' graph_server='3'/></node>"
            + "<node graph_server='4'><device id='5'/><device id='6' graph_server='3'/></node>"
            + "<node graph_server='-1'><device id='7'/></node></zone>"
            + "<zone graph_server='4'><node graph_server='3'><device id='8'/></node>"
            + "<node><device id='9'/></node></zone></zone>"
            + "<node><device id='10'/></node>";
    assertThat(read(3, zones).devices()).extracting(Device::id).containsExactly("1", "4", "6", "8");
    assertThat(read(4, zones).devices()).extracting(Device::id).containsExactly("2", "5", "9");
    assertThat(read(0, zones).devices()).hasSize(10);
  }

  @Test
  void watchesWhatIsLinkedToOursWhereverItStands() throws IOException {
    String link = "<radio><interface><link linked_device_id='%d'/></interface></radio>";
    String nodes =
        "<node graph_server='4'><device id='1'/><device id='2'/></node>"
            + ("<node graph_server='3'><device id='3'>" + link + "</device></node>").formatted(1)
            + ("<node graph_server='4'><device id='4'>" + link + "</device></node>").formatted(2);
    assertThat(read(3, nodes).devices()).extracting(Device::id).containsExactly("1", "3");
  }

  @Test
  void bearsHostileTexts() throws IOException {
    Listed listed =
        read(
            0,
            device("id='../../etc/x'", "")
                + device("id='1' title='" + "\u0301".repeat(5000) + "'", "")
                + device(
                    "id='2' title='&lt;script&gt;&#10;&#9;x' mainipv4='evil.example'",
                    "<radio snmp_index='99999999999' ssid='&#10;'/><radio snmp_index='-1'/>")
                + device("id='2' title='again'", ""));
    assertThat(listed.devices()).extracting(Device::id).containsExactly("1", "2");
    assertThat(listed.skipped()).isEqualTo(1);
    assertThat(listed.devices().get(1).title()).isEqualTo("<script>  x");
    assertThat(listed.devices().get(1).address()).isEmpty();
  }

  @Test
  void refusesTypesEntitiesAndWhatIsBroken() {
    for (String inner :
        List.of("<zone>", "<a>".repeat(80) + "</a>".repeat(80), "<node title='&e;'/>")) {
      assertThatThrownBy(() -> read(0, inner)).isInstanceOf(ServiceException.class);
    }
    assertThatThrownBy(() -> readWhole("<!DOCTYPE c [<!ENTITY e SYSTEM '/etc/passwd'>]><c/>"))
        .isInstanceOf(ServiceException.class);
    assertThatThrownBy(
            () ->
                readWhole("<!DOCTYPE c [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><c><x t='&b;'/></c>"))
        .isInstanceOf(ServiceException.class);
  }

  private void readWhole(String document) throws IOException {
    Cnml.read(Files.writeString(folder.resolve("b.xml"), document), 0);
  }

  @Test
  void readsFiftyThousandNodesAndHoldsOnlyItsOwn() throws IOException {
    Path file = folder.resolve("big.xml");
    int nodes = 50_000;
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("<?xml version='1.0'?><cnml><network>");
      for (int i = 0; i < nodes; i++) {
        if (i % 100 == 0) {
          out.write((i > 0 ? "</zone>" : "") + "<zone id='" + i + "' graph_server='" + i + "'>");
        }
        out.write(
            "<node id='" + i + "' title='Node number " + i + "' lat='41.6' status='Working'>");
        out.write("<device id='" + i + "' title='Device of node " + i + "' mainipv4='10.");
        out.write((i >> 14) + "." + ((i >> 7) & 127) + "." + (i & 127) + REST);
        out.write("</node>");
      }
      out.write("</zone></network></cnml>");
    }
    long before = used();
    Listed ours = Cnml.read(file, 700);
    // Those of one zone of a hundred nodes, and the one that all are linked to.
    assertThat(ours.devices()).hasSize(101);
    assertThat(Files.size(file)).isGreaterThan(20L << 20);
    assertThat(used() - before).isLessThan(8L << 20);
    Listed all = Cnml.read(file, 0);
    assertThat(all.devices()).hasSize(nodes);
    assertThat(used() - before).isLessThan(80L << 20);
  }

  /** What is still needed, which depends on no timing once the rest is collected. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
