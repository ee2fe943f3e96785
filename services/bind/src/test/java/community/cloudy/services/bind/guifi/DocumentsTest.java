package community.cloudy.services.bind.guifi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Records;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.ServiceException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

final class DocumentsTest {
  private static final Name ZONE = Records.below("ip", Name.root);

  private static List<Zone> domains(String inner) {
    String document = "<?xml version='1.0'?><cnml><domains>" + inner + "</domains></cnml>";
    return DomainsDocument.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Zone> addresses(String inner) {
    String document = "<?xml version='1.0'?><cnml>" + inner + "</cnml>";
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return AddressDump.read(bytes, ZONE, InetAddress.getLoopbackAddress());
  }

  @Test
  void tellsTheViewsApart() {
    List<Zone> zones =
        domains(
            "<internal><master zone='A.test'><host name='h' IPv4='10.1.1.1'/></master></internal>"
                + "<external><master zone='a.test' allow-transfer='any'/></external>");
    assertThat(zones).extracting(Zone::view).containsExactly(View.INTERNAL, View.EXTERNAL);
    assertThat(((Zone.Primary) zones.get(0)).records()).hasSize(1);
    assertThat(((Zone.Primary) zones.get(1)).open()).isTrue();
  }

  @Test
  void refusesTheWholeForAnythingThatIsWrong() {
    for (String inner :
        List.of(
            "<master zone='a.test'/>",
            "<internal><master zone='a;test'/></internal>",
            "<internal><master zone='../../etc/x'/></internal>",
            "<internal><master zone='a.test' contact='x y'/></internal>",
            "<internal><master zone='a.test'><host name='a b' IPv4='10.1.1.1'/></master></internal>",
            "<internal><master zone='a.test'><host name='a' IPv4='10.1.1'/></master></internal>",
            "<internal><master zone='a.test'><host name='a' IPv4='10.1.1.1; }'/></master>"
                + "</internal>",
            "<internal><master zone='a.test'><host name='a' MX='y' Priority='-1'/></master>"
                + "</internal>",
            "<internal><forward zone='a.test' forwarder='name.test'/></internal>",
            "<internal><slave zone='a.test' master='10.1.1.1 key x'/></internal>",
            "<internal><master zone='a.test'>",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
            "<internal><master zone='&e;'/></internal>",
            "<a>".repeat(20) + "</a>".repeat(20))) {
      assertThatThrownBy(() -> domains(inner))
          .as(inner)
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("line 1");
    }
  }

  @Test
  void refusesTypesAndEntitiesAtTheTop() {
    String bomb =
        "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
            + "<cnml><x y='&b;'/></cnml>";
    assertThatThrownBy(() -> DomainsDocument.read(bomb.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void makesNamesOfNicksThatHoldAnything() {
    String subnet = "<subnet range='10'><IP address='10.1.1.1' device_id='7' nick='%s'/></subnet>";
    for (String nick : List.of("; $INCLUDE /x", "---", "ñ", "a".repeat(300), "&#10;&quot;")) {
      List<Zone> zones = addresses(subnet.formatted(nick));
      assertThat(((Zone.Primary) zones.get(1)).records().get(0).rdataToString())
          .matches("[A-Za-z0-9][A-Za-z0-9-]*--7\\.ip\\.");
    }
  }

  @Test
  void refusesAddressesOutsideOfTheirRange() {
    assertThatThrownBy(
            () ->
                addresses(
                    "<subnet range='10'><IP address='172.16.1.1' device_id='7' nick='n'/></subnet>"))
        .isInstanceOf(ServiceException.class);
  }
}
