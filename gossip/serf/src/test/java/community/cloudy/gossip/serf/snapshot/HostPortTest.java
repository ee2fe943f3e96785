package community.cloudy.gossip.serf.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3:7946",
        "255.255.255.255:1",
        "[2001:db8::1]:7946",
        "[::]:65535",
        "[::1]:7946",
        "[fe80::]:7946",
        "[1:2:3:4:5:6:7:8]:9",
        "[1:0:3:4:5:6:7:8]:9",
        "[1::4:0:0:7:8]:9",
        "[1:0:0:4::8]:9",
        "[::2:3:4:5:6:7]:9",
        "[1:2:3:4:5:6::]:9"
      })
  void writesWhatItReadsAsGoDoes(String text) {
    assertThat(HostPort.parse(text).map(HostPort::format)).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "[::ffff:10.1.2.3]:7946, 10.1.2.3:7946",
    "[2001:DB8:0:0:0:0:0:1]:7946, [2001:db8::1]:7946"
  })
  void readsOtherForms(String text, String canonical) {
    assertThat(HostPort.parse(text).map(HostPort::format)).contains(canonical);
  }

  @Test
  void writesMappedAddressesAsIpv4() {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
    assertThat(HostPort.format(new Endpoint(Bytes.wrap(mapped), 7946))).isEqualTo("10.1.2.3:7946");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:7946",
        "example.org:1",
        "10.1.2.3",
        "10.1.2:7946",
        "10.1.2.256:7946",
        "10.1.2.3:0",
        "10.1.2.3:65536",
        "10.1.2.3:99999999999",
        "10.1.2.3:-1",
        "2001:db8::1:7946",
        "[2001:db8::1]",
        "[fe80::1%eth0]:7946",
        "[1:2:3]:7946",
        "[:]:7946",
        "[10.1.2.3]:7946",
        "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff:1111:2222:3333]:7946"
      })
  void refusesWhatIsNoLiteral(String text) {
    assertThat(HostPort.parse(text)).isEmpty();
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      byte[] raw = new byte[16];
      for (int j = 0; j < 16; j += 2) {
        raw[j + 1] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
      }
      raw[0] = 1;
      String text = HostPort.format(new Endpoint(Bytes.wrap(raw), 9));
      String host = text.substring(1, text.indexOf(']'));
      assertThat(InetAddress.getAllByName(host)[0].getAddress()).isEqualTo(raw);
      assertThat(host).doesNotContain(":::");
      assertThat(Arrays.stream(host.split("::", -1)).count()).isLessThanOrEqualTo(2);
    }
  }
}
