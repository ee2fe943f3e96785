package community.cloudy.agent.containers;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out which ports nothing on this node listens to. */
final class FreePorts {
  private FreePorts() {}

  /** Tells whether {@code port} can be had on all addresses, by TCP and by UDP. */
  static boolean isFree(int port) {
    InetSocketAddress everywhere = new InetSocketAddress(port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.setReuseAddress(false);
      tcp.bind(everywhere);
      udp.bind(everywhere);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
