package community.cloudy.services.bind.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.bind.settings.RecordSettings;
import community.cloudy.services.bind.settings.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;

/** That nothing which is written leaves its place in the file. */
final class ZoneFileTest {
  private static final Name ZONE = Records.below("garden", Records.below("test", Name.root));
  private static final String NASTY = "\n\r\0\"\\;{}()$@ \t'`#/*.=,aZ9é漢😀\u007f\u0085";

  static String nasty(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int[] points = NASTY.codePoints().toArray();
    for (int i = random.nextInt(1, most); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static List<Record> parsed(String file) throws IOException {
    List<Record> records = new ArrayList<>();
    try (Master master =
        new Master(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), Name.root)) {
      for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) {
        records.add(r);
      }
    }
    return records;
  }

  private static Zone.Primary zone(List<Record> records) {
    Name server = Records.below("ns1", ZONE);
    return new Zone.Primary(
        ZONE, View.BOTH, "settings", List.of(server), server, records, 0, false);
  }

  @Test
  void anyTextAndAnyLabelComesBackAsItWas() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      String label = nasty(random, 14);
      Name name = Records.below(label, ZONE);
      List<Record> records =
          List.of(
              Records.text(name, 60, List.of(nasty(random, 400), nasty(random, 20))),
              new PTRRecord(ZONE, DClass.IN, 60, name));
      String file = ZoneFile.of(zone(records), new Serial(7));
      assertThat(file.lines()).hasSize(4);
      assertThat(file).matches("[\\n -~]*");
      assertThat(parsed(file)).containsAll(records).hasSize(4);
    }
  }

  @Test
  void whatAPersonWritesIsOneRecordOrRefused() throws IOException {
    Random random = new Random(2);
    RecordSettings.Type[] types = RecordSettings.Type.values();
    int made = 0;
    for (int i = 0; i < 1_500; i++) {
      String value = random.nextBoolean() ? nasty(random, 20) : "10 mail" + nasty(random, 4);
      RecordSettings.Type type = types[random.nextInt(types.length)];
      try {
        Record record = Records.of(new RecordSettings("www", type, value, Optional.empty()), ZONE);
        assertThat(parsed(ZoneFile.of(zone(List.of(record)), new Serial(7)))).hasSize(3);
        made++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(made).isPositive();
  }

  @Test
  void refusesNamesThatAreNoNames() {
    for (String name : List.of("a b", "a;b", "a\nb", "$INCLUDE", "a..b", "\\046", "")) {
      assertThatThrownBy(() -> Records.name(name, ZONE))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Records.name("*.www", ZONE)).hasToString("*.www.garden.test.");
  }
}
