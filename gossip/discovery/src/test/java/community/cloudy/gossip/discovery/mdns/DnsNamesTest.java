package community.cloudy.gossip.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNamesTest {
  private static final byte[] ADDRESS = {10, 1, 2, (byte) 200};

  private static Advert advert(String type, int port, Map<String, String> text) {
    return new Advert("id", "name", type, port, Optional.empty(), new TreeMap<>(text));
  }

  @ParameterizedTest
  @CsvSource({
    "nextcloud, http, _http._tcp",
    "nextcloud, https, _https._tcp",
    "syncthing, tcp, _syncthing._tcp",
    "syncthing, '', _syncthing._tcp",
    "peerstreamer, udp, _peerstreamer._udp",
    "dnsservice, dns, _dnsservice._udp",
    "Docker, tcp, _docker._tcp",
    "tahoe-lafs, tcp, _tahoe-lafs._tcp",
    "a__b..c, tcp, _a-b-c._tcp",
    "'-ràdio lliure-', tcp, _r-dio-lliure._tcp",
    "abcdefghijklmnopqrst, tcp, _abcdefghijklmno._tcp",
    "abcdefghijklmn-pqrst, tcp, _abcdefghijklmn._tcp",
    "8080, tcp, _x-8080._tcp",
    "日本, tcp, _service._tcp",
    "'', tcp, _service._tcp",
  })
  void mapsTypesToWhatRfc6335Allows(String type, String scheme, String expected) {
    assertThat(DnsNames.serviceType(type, scheme)).isEqualTo(expected);
  }

  @Test
  void everyTypeIsGoodForAnAdvert() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      String type =
          random
              .ints(random.nextInt(30), 0, 0x250)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String mapped = DnsNames.serviceType(type, random.nextBoolean() ? "tcp" : "udp");
      assertThat(mapped).matches("_(?=.*[a-z].*\\.)[a-z0-9]+(-[a-z0-9]+)*\\._(tcp|udp)");
      assertThat(advert(mapped, 1, Map.of()).entry().type()).isEqualTo(mapped + ".local.");
    }
  }

  @Test
  void keepsTheCommunityAsItIs() {
    assertThat(DnsNames.serfType("Riu-Sec")).isEqualTo("_serf_Riu-Sec._tcp.local.");
    assertThat(DnsNames.serfType("a".repeat(50))).hasSize(50 + 6 + 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a.b",
        "a_b",
        "guifi.net",
        "è",
        "a\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void saysWhenNoLabelCanHoldTheCommunity(String community) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DnsNames.serfType(community))
        .withMessageStartingWith("Could not announce this node to Serf agents on the link: ");
  }

  @ParameterizedTest
  @CsvSource({
    "Els meus fitxers, Els meus fitxers",
    "Nextcloud 2.0, Nextcloud 2-0",
    "'  a  ', a",
    "__attic, attic",
    "'a\\b<c>', a-b-c-",
    "'', cloudy",
    "_, cloudy",
    "è✓, è✓"
  })
  void cleansInstanceNames(String name, String expected) {
    assertThat(DnsNames.instance(name)).isEqualTo(expected);
  }

  @Test
  void takesOutWhatMustNotBePrinted() {
    assertThat(DnsNames.instance("a\u001b[31m\u202eb\u0000\ud83d\ude00\ud800"))
        .isEqualTo("a-[31m-b---");
  }

  @Test
  void cutsInstanceNamesBetweenCharacters() {
    assertThat(DnsNames.instance("a".repeat(70))).hasSize(63);
    String cut = DnsNames.instance("ab" + "✓".repeat(30));
    assertThat(cut).isEqualTo("ab" + "✓".repeat(20));
    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
  }

  @ParameterizedTest
  @CsvSource({
    "attic, cloudy-attic-02c8",
    "El Meu.Node, cloudy-el-meu-node-02c8",
    "日本, cloudy--02c8"
  })
  void namesTheHostAfterNodeAndAddress(String node, String host) {
    assertThat(DnsNames.host(node, ADDRESS)).isEqualTo(host);
  }

  @Test
  void cutsLongHostNames() {
    assertThat(DnsNames.host("a".repeat(128), ADDRESS)).hasSize(45).endsWith("a-02c8");
  }

  @Test
  void writesTextsWithTheirLengths() {
    assertThat(DnsNames.text(List.of("a=1", "è")).array())
        .containsExactly(3, 'a', '=', '1', 2, 0xc3, 0xa8);
    assertThat(DnsNames.text(List.of()).array()).containsExactly(0);
  }

  @Test
  void refusesTextsThatDoNotFit() {
    assertThat(DnsNames.text(List.of("a".repeat(255))).length()).isEqualTo(256);
    assertThatIllegalArgumentException().isThrownBy(() -> DnsNames.text(List.of("a".repeat(256))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DnsNames.text(
                    List.of(
                        "a".repeat(255), "b".repeat(255), "c".repeat(255), "d".repeat(255), "e")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http",
        "_http._sctp",
        "_http",
        "_HTTP._tcp",
        "_a.b._tcp",
        "_abcdefghijklmnop._tcp"
      })
  void refusesAdvertsOfNoDnsType(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> advert(type, 1, Map.of()));
  }

  @Test
  void refusesAdvertsWithBadTextOrPort() {
    assertThatIllegalArgumentException().isThrownBy(() -> advert("_a._tcp", 0, Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> advert("_a._tcp", 65536, Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> advert("_a._tcp", 1, Map.of("", "x")));
    assertThatIllegalArgumentException().isThrownBy(() -> advert("_a._tcp", 1, Map.of("a=b", "x")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> advert("_a._tcp", 1, Map.of("a", "x".repeat(254))));
  }

  @Test
  void onlyAChangedTextLeavesTheServiceAsItIs() {
    Entry entry = advert("_a._tcp", 1, Map.of("a", "1")).entry();
    assertThat(entry.isSameService(advert("_a._tcp", 1, Map.of("a", "2")).entry())).isTrue();
    assertThat(entry.isSameService(advert("_a._tcp", 2, Map.of("a", "1")).entry())).isFalse();
    assertThat(entry.isSameService(advert("_b._tcp", 1, Map.of("a", "1")).entry())).isFalse();
    assertThat(entry).isEqualTo(advert("_a._tcp", 1, Map.of("a", "1")).entry());
  }
}
