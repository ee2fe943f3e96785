package community.cloudy.gossip.discovery.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTagTest {
  /** As a Raspberry Pi published it in 2019. */
  private static final String CAPTURED =
      "QlpoOTFBWSZTWYyBIrAAACDfgAAQEAU3cAABTQq/p98qIAB0KmamNQAaA00NGmj1CE1DTTTIDTQD1BoCxgGvU1qSGcNu"
          + "DVCWkQR6RLEbmWzg5wpel4RESCEcNtwe0nBHN0TiZsGXyr89gMVvEZjdByRAu5E6UKOTFfEn8XckU4UJCMgSKwA"
          + "=";

  /** As {@code bzip2 | base64} writes it. */
  private static final String WORKED =
      "QlpoOTFBWSZTWRXeMy4AACPfgAAQEAV8Mj+ACAqv594qIABkQFR7Sg2ptJk9Ex6kaNqYg1TT1MgZAAaAAHqWYOyPlnAP"
          + "Xxss5zWkiEgLYzaoBpCVkEORxgvhAI3HJBGNt3m/DFntv2xL7e34XyQDCIOLhxHuoOnptqpJq9WEYjcghUC57SHo"
          + "kOoHUwoMvjV+LuSKcKEgK7xmXA==";

  private static final LegacyService SYNCTHING =
      new LegacyService(
          "syncthing",
          "Syncthing_instance_running",
          "node1.guifi.local",
          "10.139.40.22",
          22000,
          "demo",
          "node_id=ABCDEFG");

  private static LegacyTag.Decoded decoded(String text) throws LegacyTagException {
    return LegacyTag.decode(Packed.tag(text));
  }

  private static LegacyService described(String description) {
    return new LegacyService("x", description, "", "", 1, "", "");
  }

  private static void assertRefused(String tag, String reason) {
    assertThatThrownBy(() -> LegacyTag.decode(tag))
        .isInstanceOf(LegacyTagException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readsWhatWasCapturedInTheWild() throws Exception {
    assertThat(LegacyTag.decode(CAPTURED).services())
        .containsExactly(
            new LegacyService(
                "tincvpn",
                "TincVPN_System",
                "raspberrypi.guifi.local",
                "192.168.1.141",
                665,
                "",
                ""));
  }

  @Test
  void readsTheWorkedExample() throws Exception {
    assertThat(LegacyTag.decode(WORKED).services()).containsExactly(SYNCTHING);
  }

  @Test
  void writesSevenStringsWithoutWhiteSpaceAndALineFeed() {
    assertThat(LegacyTag.json(List.of(SYNCTHING)))
        .isEqualTo(
            "[{\"s\":\"syncthing\",\"d\":\"Syncthing_instance_running\","
                + "\"m\":\"node1.guifi.local\",\"i\":\"10.139.40.22\",\"p\":\"22000\","
                + "\"e\":\"demo\",\"t\":\"node_id=ABCDEFG\"}]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"s\":\"x\",\"d\":\"D\",\"p\":\"80\"},{'s':'y','d':'E','p':'81'}]\n",
        "[{'s':'x','d':'D','p':'80'},{'s':'y','d':'E','p':'81'}]\n",
        "[{\"s\":\"x\",\"d\":\"D\",\"p\":80},{\"s\":\"y\",\"d\":\"E\",\"p\":81}]",
        "[ {\"p\":\"80\",\"d\":\"D\",\"s\":\"x\"},\n\t{\"d\":\"E\",\"s\":\"y\",\"p\":81} ]\n",
        "[{\"s\":\"x\",\"d\":\"D\",\"p\":80,\"node_id\":\"n\",\"more\":{\"a\":[1]}},"
            + "{\"k\":null,\"s\":\"y\",\"d\":\"E\",\"p\":81}]",
      })
  void readsEveryFormThatOldNodesPublished(String text) throws Exception {
    assertThat(decoded(text))
        .isEqualTo(
            new LegacyTag.Decoded(
                List.of(
                    new LegacyService("x", "D", "", "", 80, "", ""),
                    new LegacyService("y", "E", "", "", 81, "", "")),
                0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void readsEveryLevelOfCompression(int level) throws Exception {
    String tag = Packed.tag(LegacyTag.json(List.of(SYNCTHING)), level);
    assertThat(LegacyTag.decode(tag).services()).containsExactly(SYNCTHING);
  }

  @Test
  void readsBase64InLines() throws Exception {
    String lines = WORKED.substring(0, 76) + "\n" + WORKED.substring(76) + "\n";
    assertThat(LegacyTag.decode(lines).services()).containsExactly(SYNCTHING);
  }

  @Test
  void readsQuotesBackslashesApostrophesAndOtherAlphabets() throws Exception {
    assertThat(decoded("[{\"s\":\"x\",\"d\":\"\\\"a\\\\ d'en Pere è ✓\",\"p\":\"1\"}]").services())
        .containsExactly(described("\"a\\ d'en Pere è ✓"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "[{\"s\":\"x\",\"p\":1}]",
        "{}",
        "{\"s\":\"x\"}",
        "{\"p\":\"80\"}",
        "{\"s\":\"\",\"p\":\"80\"}",
        "{\"s\":\"x\",\"p\":\"\"}",
        "{\"s\":\"x\",\"p\":0}",
        "{\"s\":\"x\",\"p\":65536}",
        "{\"s\":\"x\",\"p\":-1}",
        "{\"s\":\"x\",\"p\":80.5}",
        "{\"s\":\"x\",\"p\":123456789012345678901234567890}",
        "{\"s\":\"x\",\"p\":[80]}",
        "{\"s\":\"<b>\",\"p\":80}",
        "{\"s\":\"x\\u001b[2J\",\"p\":80}",
        "{\"s\":\"x\\u202e\",\"p\":80}",
        "{\"s\":\"x\",\"p\":80,\"i\":\"javascript:alert(1)\"}",
        "{\"s\":\"x\",\"p\":80,\"m\":\"a/b\"}",
      })
  void skipsABadEntryAndKeepsTheOthers(String bad) throws Exception {
    LegacyService good = described("good");
    assertThat(decoded("[" + bad + ",{\"s\":\"x\",\"d\":\"good\",\"p\":1}," + bad + "]"))
        .isEqualTo(new LegacyTag.Decoded(List.of(good), 2));
  }

  @Test
  void skipsAnEntryWithTooLongText() throws Exception {
    String longest = "{\"s\":\"x\",\"p\":1,\"d\":\"" + "a".repeat(512);
    assertThat(decoded("[" + longest + "\"}," + longest + "a\"}]"))
        .isEqualTo(new LegacyTag.Decoded(List.of(described("a".repeat(512))), 1));
  }

  @Test
  void makesHostileTextInert() throws Exception {
    assertThat(
            decoded(
                    "[{\"s\":\"x\",\"p\":1,\"d\":\"<script>\\u001b[31m\\u0000\\u202eevil\\u2066\\n\","
                        + "\"e\":\"\\ud800\",\"t\":\"\\u200b>\"}]")
                .services())
        .containsExactly(
            new LegacyService(
                "x",
                "\ufffdscript\ufffd\ufffd[31m\ufffd\ufffdevil\ufffd\ufffd",
                "",
                "",
                1,
                "\ufffd",
                "\ufffd\ufffd"));
  }

  @Test
  void keepsTwoHundredEntries() throws Exception {
    String text = "[" + String.join(",", Collections.nCopies(250, "{\"s\":\"x\",\"p\":1}")) + "]";
    assertThat(decoded(text))
        .isEqualTo(new LegacyTag.Decoded(Collections.nCopies(200, described("")), 50));
  }

  @Test
  void readsAnEmptyList() throws Exception {
    assertThat(decoded("[]\n")).isEqualTo(new LegacyTag.Decoded(List.of(), 0));
  }

  @Test
  void refusesAValueAboveTheLongestMeta() {
    assertRefused("A".repeat(2049), "over 2048");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "Qlpo\tOTFB", "QlpoOTFBW", "\u00e9"})
  void refusesWhatIsNotBase64(String tag) {
    assertRefused(tag, "base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "QlpoOQ==", "QlpoMDFBWSZTWQ==", "QkpoOTFBWSZTWQ=="})
  void refusesWhatIsNotBzip2(String tag) {
    assertRefused(tag, "bzip2");
  }

  @Test
  void refusesADamagedStream() {
    byte[] packed = Base64.getDecoder().decode(WORKED);
    packed[12] ^= 1; // of the block's checksum
    assertRefused(Base64.getEncoder().encodeToString(packed), "bzip2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[{\"s\":\"x\",\"p\":1}", "{}", "\"s\"", "no", "[{]}", "\u0000"})
  void refusesWhatIsNoJsonArray(String text) {
    assertRefused(Packed.tag(text), "JSON");
  }

  @Test
  void refusesDeepNesting() {
    assertRefused(Packed.tag("[".repeat(1000) + "]".repeat(1000)), "JSON");
  }

  @ParameterizedTest
  @ValueSource(ints = {65_537, 1 << 20, 4_000_000, 3_000_000, 45_000_000})
  void stopsUnpackingABomb(int size) {
    String tag = Base64.getEncoder().encodeToString(Packed.bzip2(new byte[size], 9));
    assertThat(tag).hasSizeLessThan(LegacyTag.MAX_VALUE);
    assertRefused(tag, "unpacks to");
  }

  @Test
  void readsTheLongestText() throws Exception {
    String text = "[]" + "\n".repeat(LegacyTag.MAX_JSON - 2);
    assertThat(decoded(text).services()).isEmpty();
  }

  @Test
  void replacesWhatOldReadersCannotTake() {
    LegacyService awkward =
        new LegacyService("my type", "d'en Pere\u00a0& co", "", "", 1, "a b", "a=1&b=2");
    assertThat(LegacyTag.json(List.of(awkward)))
        .isEqualTo(
            "[{\"s\":\"my_type\",\"d\":\"d\u2019en_Pere_+_co\",\"m\":\"\",\"i\":\"\",\"p\":\"1\","
                + "\"e\":\"a_b\",\"t\":\"a=1\"}]\n");
  }

  @Test
  void whatIsWrittenReadsBackTheSame() throws Exception {
    Corpus corpus = new Corpus(new SplittableRandom(7));
    for (int i = 0; i < 100; i++) {
      List<LegacyService> services = corpus.services(1 + i % 12);
      String tag = LegacyTag.encode(services);
      List<LegacyService> plain =
          services.stream().map(LegacyService::forOldReaders).sorted(LegacyTag.ORDER).toList();
      if (tag.length() <= LegacyTag.MAX_VALUE) {
        assertThat(LegacyTag.decode(tag)).isEqualTo(new LegacyTag.Decoded(plain, 0));
      }
      assertThat(LegacyTag.encode(plain)).isEqualTo(tag);
      List<LegacyService> shuffled = new ArrayList<>(services);
      Collections.shuffle(shuffled, new Random(i));
      assertThat(LegacyTag.encode(shuffled)).isEqualTo(tag);
      assertThat(LegacyTag.json(services)).doesNotContain(" ", "'", "\t", "&").endsWith("}]\n");
    }
  }

  @Test
  void damagedTagsRaiseNothingElse() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] good = Base64.getDecoder().decode(WORKED);
    int read = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        LegacyTag.decode(Base64.getEncoder().encodeToString(bad));
        read++;
      } catch (LegacyTagException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
    assertThat(read).isLessThan(1_500);
  }

  @Test
  void damagedTextsRaiseNothingElse() {
    SplittableRandom random = new SplittableRandom(2);
    String good = LegacyTag.json(List.of(SYNCTHING, described("x")));
    for (int i = 0; i < 500; i++) {
      StringBuilder bad = new StringBuilder(good);
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bad.setCharAt(
            random.nextInt(bad.length()), "[]{},:\"'\\0 a<\u202e".charAt(random.nextInt(14)));
      }
      try {
        LegacyTag.decode(Packed.tag(bad.toString(), 1));
      } catch (LegacyTagException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
  }
}
