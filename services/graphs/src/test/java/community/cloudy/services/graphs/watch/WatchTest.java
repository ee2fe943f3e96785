package community.cloudy.services.graphs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.settings.Sources;
import community.cloudy.services.spi.TestCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final TestCatalogue catalogue = new TestCatalogue();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  static Sources sources(String json) throws IOException {
    return SourcesOf.json(JSON.readTree(json.replace('\'', '"')));
  }

  private Watch watch(String json) throws IOException {
    Watch watch = new Watch(sources(json), folder.resolve("g"), () -> now, catalogue, "me");
    watch.refresh();
    return watch;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Device device(Watch watch, String id) {
    return watch.inventory().device(id).orElseThrow();
  }

  private static final String CREDENTIALS =
      "'credentials': [{'name': 'pub', 'networks': ['10.1.0.0/16']}, {'name': 'deep'}]";

  @Test
  void letsThePersonsWordStandBeforeThatOfTheSources() throws IOException {
    Path cnml =
        file(
            "c.xml",
            "<cnml><node id='5' title='Hill'><device id='1' title='Map' mainipv4='10.1.0.1'/>"
                + "<device id='2' title='Map' mainipv4='10.1.0.2'/></node></cnml>");
    Path csv = file("c.csv", "2,#List,10.1.0.9,Working\n3,#List,10.1.0.3,Working\n");
    Watch watch =
        watch(
            "{'devices': [{'id': '1', 'title': 'Mine', 'ports': ['lan']}],"
                + "'cnml': {'source': '%s', 'credential': 'pub'}, 'csv': {'source': '%s'},"
                    .formatted(cnml, csv)
                + CREDENTIALS
                + "}");
    assertThat(watch.inventory().all()).extracting(Device::id).containsExactly("1", "2", "3");
    assertThat(device(watch, "1").title()).isEqualTo("Mine");
    assertThat(device(watch, "1").node()).isEqualTo("5");
    assertThat(device(watch, "1").address().orElseThrow().getHostAddress()).isEqualTo("10.1.0.1");
    assertThat(device(watch, "1").ports())
        .extracting(Port::name)
        .containsExactly(Optional.of("lan"));
    assertThat(device(watch, "2").title()).isEqualTo("Map");
    assertThat(device(watch, "3").title()).isEqualTo("List");
    assertThat(watch.sources())
        .allSatisfy(source -> assertThat(source.problem()).isEmpty())
        .extracting(SourceState::name)
        .containsExactly("devices", "cnml", "csv", "community");
  }

  @Test
  void sendsCredentialsOnlyWhereAPersonSaid() throws IOException {
    Path cnml =
        file(
            "c.xml",
            "<cnml><device id='1' mainipv4='10.1.0.1'/><device id='2' mainipv4='10.2.0.1'/>"
                + "<device id='3' mainipv4='10.2.0.3'/><device id='4' mainipv4='10.2.0.4'/>"
                + "<device id='5'/></cnml>");
    Watch watch =
        watch(
            "{'devices': [{'id': '3', 'credential': 'pub'},"
                + "{'id': '4', 'credential': 'deep', 'address': '10.2.0.4'}],"
                + "'cnml': {'source': '%s', 'credential': 'pub'},".formatted(cnml)
                + CREDENTIALS
                + "}");
    assertThat(device(watch, "1").credential()).contains("pub");
    assertThat(device(watch, "2").credential()).as("outside of its networks").isEmpty();
    assertThat(device(watch, "3").credential()).as("the map's address").isEmpty();
    assertThat(device(watch, "4").credential()).as("the person's address").contains("deep");
    assertThat(device(watch, "5").credential()).isEmpty();
  }

  @Test
  void asksNeitherItselfNorItsLinkForOthers() throws IOException {
    Path csv =
        file(
            "c.csv",
            """
            1,#a,127.0.0.1,Working
            2,#b,169.254.1.1,Working
            3,#c,224.0.0.1,Working
            4,#d,0.0.0.0,Working
            5,#e,10.9.9.9,Working
            6,#f,10.9.9.9,Working
            """);
    Watch watch = watch("{'csv': {'source': '%s'}}".formatted(csv));
    assertThat(watch.pinged()).extracting(Device::id).containsExactly("5");
    assertThat(watch.inventory().all()).hasSize(6);
    watch.reload(sources("{'csv': {'source': '%s', 'networks': ['127.0.0.0/8']}}".formatted(csv)));
    watch.refresh();
    assertThat(watch.pinged()).extracting(Device::id).containsExactly("1");
  }

  @Test
  void keepsTheLastGoodDocumentOverBrokenOnesAndRestarts() throws IOException {
    Path cnml = file("c.xml", "<cnml><device id='1'/></cnml>");
    String settings = "{'cnml': {'source': '%s'}}".formatted(cnml);
    Watch watch = watch(settings);
    file("c.xml", "<cnml><device id='1'/><device id='2'/>");
    watch.refresh();
    assertThat(watch.inventory().all()).hasSize(1);
    assertThat(watch.sources().get(1).problem().orElse("")).contains("line 1");
    Files.delete(cnml);
    watch = watch(settings);
    assertThat(watch.inventory().all()).hasSize(1);
    assertThat(watch.sources().get(1).problem().orElse("")).contains("NoSuchFile");
    file("c.xml", "<cnml><device id='3'/><device id='4'/></cnml>");
    watch.refresh();
    assertThat(watch.inventory().all()).extracting(Device::id).containsExactly("3", "4");
    assertThat(watch.sources().get(1).problem()).isEmpty();
  }

  @Test
  void showsThePortsThatWereFound() throws IOException {
    Watch watch = watch("{'devices': [{'id': 'a', 'address': '10.1.1.1', 'all_ports': true}]}");
    watch.numbered(device(watch, "a"), List.of(new Found(4, "eth0", "")));
    assertThat(device(watch, "a").ports()).extracting(Port::number).containsExactly(4);
    assertThat(watch.listed().device("a").orElseThrow().ports()).isEmpty();
  }

  @Test
  void pingsAllButThoseAPersonLeavesOut() throws IOException {
    Watch watch =
        watch(
            "{'devices': [{'id': 'a', 'address': '10.1.1.1', 'ping': false},"
                + "{'id': 'b', 'address': '10.1.1.2'}, {'id': 'c'}]}");
    assertThat(watch.pinged()).extracting(Device::id).containsExactly("b");
  }

  @Test
  void watchesNodesOfTheCommunityAndRemembersThoseThatAreDown() throws IOException {
    catalogue.set(
        List.of(
            service("me", "10.5.0.1"),
            service("attic", "10.5.0.2"),
            service("büro ../x", "10.5.0.3"),
            service("liar", "127.0.0.1"),
            service("named", "a.b")));
    Watch watch = watch("{}");
    assertThat(watch.pinged())
        .extracting(device -> device.address().orElseThrow().getHostAddress())
        .containsExactlyInAnyOrder("10.5.0.2", "10.5.0.3");
    assertThat(device(watch, "cloudy-attic").title()).isEqualTo("attic");
    catalogue.set(List.of());
    now = now.plus(Duration.ofDays(10));
    watch = watch("{}");
    assertThat(watch.pinged()).hasSize(2);
    now = now.plus(Duration.ofDays(30));
    watch.refresh();
    assertThat(watch.inventory().all()).isEmpty();
  }

  private static Service service(String node, String host) {
    return new Service(
        node,
        Optional.empty(),
        "s",
        new Announcement.Offer(
            "squid",
            "s",
            "",
            List.of(new ServiceEndpoint("http", host, 80, "")),
            new TreeMap<>(),
            Health.unchecked()),
        Duration.ZERO,
        0,
        Service.Trust.UNVERIFIED,
        false,
        false,
        List.of());
  }

  @Test
  void refusesSettingsThatDoNotGoTogether() {
    for (String json :
        List.of(
            "{'devices': [{'id': 'a', 'credential': 'nobody'}]}",
            "{'devices': [{'id': 'a'}, {'id': 'a'}]}",
            "{'credentials': [{'name': 'x'}, {'name': 'x'}]}",
            "{'credentials': [{'name': 'x', 'version': '3'}]}",
            "{'credentials': [{'name': 'x', 'version': '3', 'user': 'u',"
                + "'priv_password_file': '/x'}]}",
            "{'credentials': [{'name': 'x', 'networks': ['10.0.0.0/33']}]}",
            "{'devices': [{'id': '../a'}]}",
            "{'devices': [{'id': 'a', 'address': 'example.org'}]}",
            "{'cnml': {'source': 'file:///etc/passwd'}}")) {
      assertThatThrownBy(() -> sources(json)).as(json).isInstanceOf(RuntimeException.class);
    }
  }
}
