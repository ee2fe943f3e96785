package community.cloudy.services.graphs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvTest {
  @TempDir Path folder;

  private Listed read(String text) throws IOException {
    return Csv.read(Files.writeString(folder.resolve("a.csv"), text));
  }

  @Test
  void readsVersion3() throws IOException {
    Listed listed =
        read(
            """
            # a comment
            123,#HillRd1,10.1.2.3,Working
            124,#Tower, old one,10.1.2.4,Testing
            125,#Gone,10.1.2.5,Dropped
            126,#Soon,10.1.2.6,Planned
            """);
    assertThat(listed.devices()).extracting(Device::id).containsExactly("123", "124");
    assertThat(listed.devices().get(1).title()).isEqualTo("Tower, old one");
    assertThat(listed.devices().get(0).ports())
        .containsExactly(new Port(0, Optional.of("eth0"), OptionalInt.empty(), ""));
  }

  @Test
  void readsVersion2() throws IOException {
    Listed listed =
        read(
            "1,#A,10.1.2.3,wlan1;guifi-a|wlan2;guifi;b,Working\n"
                + "2,#B,10.1.2.4,5|6,Working\n3,#C,10.1.2.5,,Working\n4,#D,10.1.2.6,Working");
    assertThat(listed.devices().get(0).ports())
        .containsExactly(
            new Port(0, Optional.of("wlan1"), OptionalInt.empty(), "guifi-a"),
            new Port(1, Optional.of("wlan2"), OptionalInt.empty(), "guifi;b"));
    assertThat(listed.devices().get(1).ports())
        .extracting(Port::number, Port::index)
        .containsExactly(tuple(5, OptionalInt.of(5)), tuple(6, OptionalInt.of(6)));
    assertThat(listed.devices().get(2).ports()).containsExactly(Csv.FIRST);
    assertThat(listed.devices().get(3).ports()).containsExactly(Csv.FIRST);
  }

  @Test
  void refusesWhatIsNoSuchList() {
    for (String text :
        List.of(
            "You must provide a valid server id",
            "<html><body>404</body></html>",
            "x,#A,10.1.2.3,Working",
            "1,#" + "a".repeat(9000) + ",10.1.2.3,Working")) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(ServiceException.class);
    }
  }

  @Test
  void countsWhatCannotBeUsed() throws IOException {
    Listed listed = read("1,#A,no address,Working\n2,#B,10.1.2.3,Working\n2,#B,10.1.2.9,Working");
    assertThat(listed.devices()).hasSize(1);
    assertThat(listed.skipped()).isEqualTo(1);
  }
}
