package community.cloudy.gossip.discovery.mdns;

import java.net.SocketException;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;

/**
 * A process that does nothing but discovery, for a network namespace: {@code NAME COMMUNITY PORT}.
 * Prints whom it finds, takes {@code publish TEXT} and {@code withdraw} from its standard input,
 * and ends with that.
 */
final class MdnsNode {
  private static final int SERVICE_PORT = 8080;
  private static final int REFRESH_MILLIS = 2000;

  private MdnsNode() {}

  public static void main(String[] arguments) throws Exception {
    LinkDiscovery.Node self =
        new LinkDiscovery.Node(
            arguments[0], arguments[1], Integer.parseInt(arguments[2]), "0.1", "abcdef");
    LinkDiscovery discovery =
        new LinkDiscovery(
            self,
            peer ->
                System.out.println(
                    "found " + peer.getAddress().getHostAddress() + ":" + peer.getPort()));
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            refresh(discovery);
          }
        },
        0,
        REFRESH_MILLIS);
    StringBuilder line = new StringBuilder();
    for (int read = System.in.read(); read >= 0; read = System.in.read()) {
      if (read == '\n') {
        obey(discovery, line.toString());
        line.setLength(0);
      } else {
        line.append((char) read);
      }
    }
    timer.cancel();
    discovery.close();
    System.out.println("closed");
  }

  private static void refresh(LinkDiscovery discovery) {
    try {
      discovery.refresh(LinkDiscovery.usableAddresses());
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void obey(LinkDiscovery discovery, String command) {
    if (command.equals("withdraw")) {
      discovery.withdraw("web");
    } else {
      discovery.publish(
          new Advert(
              "web",
              "Els meus fitxers 2.0",
              DnsNames.serviceType("nextcloud", "http"),
              SERVICE_PORT,
              Optional.empty(),
              new TreeMap<>(Map.of("path", command.substring("publish ".length())))));
    }
  }
}
