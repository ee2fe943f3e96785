package community.cloudy.gossip.discovery.mdns;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.util.HexFormat;

/** A process that sends one packet to all that listen to multicast DNS: its argument, in hex. */
final class Shout {
  private Shout() {}

  public static void main(String[] arguments) throws Exception {
    byte[] packet = HexFormat.of().parseHex(arguments[0]);
    InetAddress group = InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, (byte) 251});
    try (MulticastSocket socket = new MulticastSocket(5353)) {
      socket.setNetworkInterface(NetworkInterface.getByName("eth0"));
      socket.send(new DatagramPacket(packet, packet.length, group, 5353));
    }
  }
}
