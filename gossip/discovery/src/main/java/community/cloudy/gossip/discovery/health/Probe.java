package community.cloudy.gossip.discovery.health;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/**
 * Performs one check and says what it saw, in a few words.
 *
 * <p>The target is resolved once, and only that address is spoken to; link-local, multicast and
 * wildcard addresses are refused. Nothing that a server sends is kept or shown but its status code.
 * A check ends with its timeout, however slowly the server answers; only the system's resolver may
 * take longer. Safe for many threads.
 */
public final class Probe implements HealthMonitor.Prober {
  private static final int MAX_DATAGRAM = 512;

  private final RandomGenerator random;

  /**
   * Makes a probe.
   *
   * @param random where identifiers of DNS queries come from: unpredictable, safe for many threads
   */
  public Probe(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Health probe(Check check, Target target, Duration timeout) {
    Deadline deadline = Deadline.after(timeout);
    try {
      InetAddress address = InetAddress.getByName(target.host());
      Optional<String> refusal = refusal(address);
      if (refusal.isPresent()) {
        return new Health(State.UNKNOWN, "not checked: " + refusal.get());
      }
      return look(check, target, new InetSocketAddress(address, target.port()), deadline);
    } catch (UnknownHostException e) {
      return failing("the name does not resolve");
    } catch (SocketTimeoutException e) {
      return failing("no answer in " + Deadline.text(timeout));
    } catch (ConnectException e) {
      return failing(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
    } catch (PortUnreachableException e) {
      return failing("connection refused");
    } catch (NoRouteToHostException e) {
      return failing("no route to host");
    } catch (EOFException e) {
      return failing("closed without an answer");
    } catch (SSLException e) {
      return failing("no TLS: " + e.getMessage());
    } catch (IOException e) {
      return failing(String.valueOf(e.getMessage()));
    }
  }

  private Health look(Check check, Target target, InetSocketAddress address, Deadline deadline)
      throws IOException {
    if (check instanceof Check.Http http) {
      return http(http, target, address, deadline);
    }
    if (check instanceof Check.Tcp) {
      connect(address, deadline).close();
      return new Health(State.OK, "connected in " + deadline.spent());
    }
    if (check instanceof Check.Udp) {
      return udp(address, deadline);
    }
    if (check instanceof Check.Dns dns) {
      return dns(dns, address, deadline);
    }
    return new Health(State.UNKNOWN, "not checked: its owner reports the results");
  }

  private static Health failing(String evidence) {
    return new Health(State.FAILING, evidence);
  }

  private static Optional<String> refusal(InetAddress address) {
    String kind = null;
    if (address.isAnyLocalAddress()) {
      kind = "a wildcard";
    } else if (address.isMulticastAddress()) {
      kind = "a multicast";
    } else if (address.isLinkLocalAddress()) {
      kind = "a link-local";
    }
    return Optional.ofNullable(kind).map(k -> address.getHostAddress() + " is " + k + " address");
  }

  private static Socket connect(InetSocketAddress address, Deadline deadline) throws IOException {
    Socket socket = new DeadlineSocket(deadline);
    try {
      socket.connect(address, deadline.leftMillis());
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Health http(
      Check.Http check, Target target, InetSocketAddress address, Deadline deadline)
      throws IOException {
    // Of TLS only the socket below is closed: an orderly end would wait for the server's.
    try (Socket plain = connect(address, deadline)) {
      Socket socket = check.tls() ? Tls.over(plain, target) : plain;
      int status = new HttpExchange(socket).status(check, target);
      String evidence =
          "HTTP "
              + status
              + " in "
              + deadline.spent()
              + (check.tls() ? ", certificate not verified" : "");
      return new Health(status >= 200 && status < 400 ? State.OK : State.FAILING, evidence);
    }
  }

  private static Health udp(InetSocketAddress address, Deadline deadline) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      // Not empty: Java sends none over a connected socket, and only those hear of refusals.
      socket.send(new DatagramPacket(new byte[1], 1));
      receive(socket, deadline);
      return new Health(State.OK, "answered in " + deadline.spent());
    } catch (SocketTimeoutException e) {
      return new Health(State.UNKNOWN, "no answer, which UDP does not promise");
    }
  }

  private Health dns(Check.Dns check, InetSocketAddress address, Deadline deadline)
      throws IOException {
    int id = random.nextInt(1 << 16);
    byte[] query = DnsMessage.query(id, check.name());
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.send(new DatagramPacket(query, query.length));
      for (; ; ) {
        Optional<Integer> code = DnsMessage.responseCode(id, receive(socket, deadline));
        if (code.isPresent()) {
          return code.get() == 0
              ? new Health(State.OK, "DNS answer in " + deadline.spent())
              : failing("DNS answer " + DnsMessage.codeName(code.get()));
        }
      }
    }
  }

  private static byte[] receive(DatagramSocket socket, Deadline deadline) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    socket.setSoTimeout(deadline.leftMillis());
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
