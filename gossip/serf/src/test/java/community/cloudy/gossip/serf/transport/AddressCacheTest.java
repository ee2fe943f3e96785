package community.cloudy.gossip.serf.transport;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Bytes;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressCacheTest {
  private static final int INTERFACE = 3;

  private static byte[] six(int first, int second) {
    byte[] raw = new byte[16];
    raw[0] = (byte) first;
    raw[1] = (byte) second;
    raw[15] = 1;
    return raw;
  }

  private static int scope(AddressCache cache, byte[] raw) {
    InetAddress address = cache.socket(new Endpoint(Bytes.wrap(raw), 1)).getAddress();
    return address instanceof Inet6Address found ? found.getScopeId() : -1;
  }

  @Test
  void linkLocalPeersAreOnTheBoundInterface() throws UnknownHostException {
    byte[] linkLocal = six(0xfe, 0x80);
    AddressCache scoped = new AddressCache(Inet6Address.getByAddress(null, linkLocal, INTERFACE));
    assertThat(scope(scoped, six(0xfe, 0x80))).isEqualTo(INTERFACE);
    assertThat(scope(scoped, six(0xfd, 0))).isZero();
    assertThat(scope(new AddressCache(InetAddress.getByAddress(linkLocal)), linkLocal)).isZero();
  }

  @Test
  void mappedAddressesBecomeIpv4OnlyForTheSocket() {
    AddressCache cache = new AddressCache(InetAddress.getLoopbackAddress());
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    InetSocketAddress socket = cache.socket(new Endpoint(Bytes.wrap(mapped), 5));
    assertThat(socket.getAddress()).isInstanceOf(Inet4Address.class);
    assertThat(cache.endpoint(socket).address().length()).isEqualTo(4);
  }

  @Test
  void remembersTheLastUsedAndNotMoreThan4096() {
    AddressCache cache = new AddressCache(InetAddress.getLoopbackAddress());
    Endpoint kept = new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 65535);
    InetSocketAddress socket = cache.socket(kept);
    for (int port = 1; port <= 10_000; port++) {
      cache.socket(new Endpoint(kept.address(), port));
      assertThat(cache.socket(kept)).isSameAs(socket);
    }
    assertThat(cache.size()).isEqualTo(4096);
    Endpoint first = cache.endpoint(socket);
    assertThat(cache.endpoint(socket)).isSameAs(first);
  }
}
