package community.cloudy.services.squid.conf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.squid.login.Marks;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SquidConfTest {
  private static final Surroundings AROUND =
      new Surroundings(
          "attic",
          Path.of("/var/lib/cloudy/squid/work"),
          Path.of("/var/lib/cloudy/squid/door/login.sock"),
          Optional.of("proxy"),
          Path.of("/usr/bin/java"),
          Path.of("/usr/share/cloudy/squid.jar"),
          List.of("10.1.2.3"),
          List.of("172.17.0.0/16"),
          List.of(),
          Optional.empty());

  private static SquidSettings settings(String json) throws IOException {
    return Settings.bind(SquidSettings.class, new ObjectMapper().readTree(json.replace('\'', '"')));
  }

  private static List<String> rules(String json, Surroundings around) throws IOException {
    return SquidConf.of(settings(json), around)
        .lines()
        .filter(line -> line.startsWith("http_access"))
        .toList();
  }

  @Test
  void deniesWhatIsNeverAllowedBeforeItAllowsAnything() throws IOException {
    List<String> rules = rules("{}", AROUND);

    assertThat(rules)
        .containsExactly(
            "http_access allow localhost manager",
            "http_access deny manager",
            "http_access deny to_localhost",
            "http_access deny cloudy_never",
            "http_access deny cloudy_node !cloudy_node_ports",
            "http_access deny cloudy_homes",
            "http_access deny !cloudy_ports",
            "http_access deny CONNECT !cloudy_tunnels",
            "http_access deny !cloudy_networks",
            "http_access deny !cloudy_people",
            "http_access allow all",
            "http_access deny all");
  }

  @Test
  void includesNoOtherFileAndShowsNoSecret() throws IOException {
    assertThat(SquidConf.of(settings("{}"), AROUND))
        .doesNotContainPattern("(?m)^include")
        .contains("acl cloudy_tunnels port 443\n")
        .contains("acl cloudy_never dst 0.0.0.0/8 127.0.0.0/8 169.254.0.0/16")
        .contains(
            " community.cloudy.services.squid.login.LoginPipe"
                + " /var/lib/cloudy/squid/door/login.sock\n");
  }

  @Test
  void keepsOutThePeopleOfProxiesThatKeepTheirs() throws IOException {
    FederationList list = FederationList.parse("7-inout\n8-private\n9-out\n10-in\n");
    String conf = SquidConf.of(settings("{}"), AROUND.withFederation(Optional.of(list)));

    assertThat(conf).contains("acl cloudy_kept note -m=, is_ h8 h10\nhttp_access deny cloudy_kept");
  }

  @Test
  void keepsOutEverybodyElseIfItsOwnProxyIsPrivate() throws IOException {
    FederationList list = FederationList.parse("7-out\n9-out\n");
    String own = "acl cloudy_own note -m=, is_ h7\nhttp_access deny !cloudy_own";

    assertThat(SquidConf.of(settings("{}"), AROUND.withFederation(Optional.of(list))))
        .contains(own);
    assertThat(
            SquidConf.of(
                settings("{'federation':{'accept':false}}"),
                AROUND.withFederation(Optional.of(FederationList.parse("7-inout\n")))))
        .contains(own);
  }

  @Test
  void asksTheNearestParentsFirstAndOnlyThoseIfItHasNoWayOfItsOwn() throws IOException {
    Surroundings around =
        AROUND.withParents(
            List.of(
                new Surroundings.Parent("bell\ntower", "10.9.9.9", 3128),
                new Surroundings.Parent("mill", "fd00::9", 8080)));
    String conf = SquidConf.of(settings("{'parents':{'count':2,'direct':false}}"), around);

    assertThat(conf)
        .contains("# of node bell?tower\ncache_peer 10.9.9.9 parent 3128 0 no-query")
        .contains("cache_peer fd00::9 parent 8080 0 no-query")
        .contains("never_direct allow all")
        .doesNotContain("PASSTHRU");
  }

  @Test
  void namesPeopleByMarksOnly() throws IOException {
    String conf =
        SquidConf.of(
            settings(
                "{'who':{'logins':['Màrius'],'groups':['cn=friends, dc=example']},"
                    + "'pools':[{'total_kbps':800,'groups':['cn=slow,dc=example']}]}"),
            AROUND);

    assertThat(conf)
        .contains("note -m=, is_ " + Marks.login("màrius"))
        .contains("note -m=, is_ " + Marks.group("CN=Friends,dc=example"))
        .contains("delay_parameters 1 100000/200000 none none\n")
        .contains("delay_access 1 allow cloudy_pool1\ndelay_access 1 deny all\n");
  }

  @Test
  void letsTheirPoolGoOnlyToWhoIsNamed() throws IOException {
    assertThat(
            SquidConf.of(
                settings(
                    "{'pools':[{'each_kbps':80,'networks':['10.1.0.0/16']},{'total_kbps':1}]}"),
                AROUND))
        .contains("acl cloudy_from1 src 10.1.0.0/16\ndelay_access 1 allow cloudy_from1\n")
        .contains("delay_access 2 allow all\n");
  }
}
