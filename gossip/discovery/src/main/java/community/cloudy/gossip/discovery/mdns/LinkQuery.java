package community.cloudy.gossip.discovery.mdns;

import community.cloudy.gossip.discovery.mdns.DnsAnswers.Answer;
import community.cloudy.gossip.discovery.mdns.DnsAnswers.Search;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks who is there, as Serf agents ask each other (specification B12): from a port of its own, so
 * that all answer to it alone. What they would send to port 5353 reaches whichever program of this
 * box bound that port last, or the one of jmdns' sockets that it does not read.
 */
final class LinkQuery {
  private static final int PORT = 5353;
  private static final int COLLECT_MILLIS = 1_000;
  private static final int MAX_ANSWERS = 100;
  private static final int MAX_MESSAGE = 1_500;

  private LinkQuery() {}

  /** Asks once on the link of {@code address}, and returns what has been answered in a second. */
  static List<Answer> ask(InetAddress address, List<Search> searches) throws IOException {
    InetAddress group =
        InetAddress.getByName(address instanceof Inet4Address ? "224.0.0.251" : "ff02::fb");
    byte[] question = DnsAnswers.question(searches);
    List<Answer> answers = new ArrayList<>();
    try (MulticastSocket socket = new MulticastSocket(new InetSocketAddress(address, 0))) {
      socket.setNetworkInterface(NetworkInterface.getByInetAddress(address));
      socket.send(new DatagramPacket(question, question.length, group, PORT));
      long start = System.nanoTime();
      for (int i = 0; i < MAX_ANSWERS; i++) {
        long left = COLLECT_MILLIS - (System.nanoTime() - start) / 1_000_000;
        if (left <= 0) {
          break;
        }
        socket.setSoTimeout((int) left);
        DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
        socket.receive(packet);
        byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
        answers.addAll(DnsAnswers.read(message, searches));
      }
    } catch (SocketTimeoutException allHeard) {
      return answers;
    }
    return answers;
  }
}
