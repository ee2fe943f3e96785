package community.cloudy.services.graphs.snmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** A socket that hears only those who were asked something; others are not even decoded. */
final class Door extends DefaultUdpTransportMapping {
  private static final int BUFFER = 4 << 20;

  private final Map<InetSocketAddress, Integer> asked = new ConcurrentHashMap<>();

  Door() throws IOException {
    super(new UdpAddress("0.0.0.0/0"));
    setReceiveBufferSize(BUFFER);
  }

  void expect(InetSocketAddress address) {
    asked.merge(address, 1, Integer::sum);
  }

  void forget(InetSocketAddress address) {
    asked.computeIfPresent(address, (key, times) -> times == 1 ? null : times - 1);
  }

  @Override
  protected void fireProcessMessage(
      DatagramPacket packet, ByteBuffer bytes, TransportStateReference state) {
    if (asked.containsKey(new InetSocketAddress(packet.getAddress(), packet.getPort()))) {
      super.fireProcessMessage(packet, bytes, state);
    }
  }
}
