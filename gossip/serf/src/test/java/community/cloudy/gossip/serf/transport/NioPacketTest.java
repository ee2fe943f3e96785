package community.cloudy.gossip.serf.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NioPacketTest {
  private static final Bytes MAPPED_LOOPBACK =
      Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1});

  private static final Bytes IPV6_LOOPBACK =
      Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

  @Test
  void packetsComeFromTheListeningPort() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Peer b = Peer.on("127.0.0.1")) {
      a.send(b.endpoint(), "hello");
      Peer.Packet packet = b.take();
      assertThat(packet).isEqualTo(new Peer.Packet(a.endpoint(), Bytes.utf8("hello")));
      b.send(packet.from(), "hello yourself");
      assertThat(a.take().data().utf8()).isEqualTo("hello yourself");
      assertThat(a.metric("packets_out_total")).isEqualTo(1);
      assertThat(a.metric("packet_bytes_in_total")).isEqualTo(14);
    }
  }

  @Test
  void carriesTheLargestDatagram() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Peer b = Peer.on("127.0.0.1")) {
      a.send(b.endpoint(), "x".repeat(65_507));
      assertThat(b.take().data().length()).isEqualTo(65_507);
    }
  }

  @Test
  void sendsToMappedAddressesAsIpv4() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Peer b = Peer.on("127.0.0.1")) {
      a.send(new Endpoint(MAPPED_LOOPBACK, b.port()), "mapped");
      assertThat(b.take().from()).isEqualTo(a.endpoint());
    }
  }

  @Test
  void speaksIpv6() throws Exception {
    try (Peer a = Peer.on("::1");
        Peer b = Peer.on("::1")) {
      a.send(b.endpoint(), "six");
      assertThat(b.take().from()).isEqualTo(a.endpoint());
      assertThat(a.endpoint().address().length()).isEqualTo(16);
      byte[] message = LengthFramer.message(100, 7);
      assertThat(a.request(b.endpoint(), message, Peer.TIMEOUT).get()).isEqualTo(message);
    }
  }

  @Test
  void dualStackSeesIpv4PeersAsFourBytes() throws Exception {
    try (Peer both = Peer.on("::");
        Peer four = Peer.on("127.0.0.1")) {
      four.send(new Endpoint(four.endpoint().address(), both.port()), "four");
      assertThat(both.take().from()).isEqualTo(four.endpoint());
      both.send(four.endpoint(), "back");
      assertThat(four.take().from().address().length()).isEqualTo(4);
      both.send(new Endpoint(MAPPED_LOOPBACK, four.port()), "mapped");
      assertThat(four.take().data().utf8()).isEqualTo("mapped");
    }
  }

  @Test
  void countsWhatCannotBeSentAndGoesOn() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      a.send(new Endpoint(Bytes.wrap(new byte[] {-1, -1, -1, -1}), 7), "broadcast is forbidden");
      a.send(new Endpoint(IPV6_LOOPBACK, 7), "six on four");
      a.send(a.endpoint(), "x".repeat(65_508));
      a.send(a.endpoint(), "x".repeat(70_000));
      assertThat(a.metric("packet_send_errors_total")).isEqualTo(4);
      a.send(a.endpoint(), "still alive");
      assertThat(a.take().data().utf8()).isEqualTo("still alive");
      assertThat(a.loop.failures()).isZero();
    }
  }

  @Test
  void survivesAHandlerThatThrowsOnAPacket() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      a.send(a.endpoint(), "");
      a.send(a.endpoint(), "after");
      assertThat(a.take().data().utf8()).isEqualTo("after");
      assertThat(a.loop.failures()).isEqualTo(1);
    }
  }

  @Test
  void aFloodOfPacketsDoesNotStarveTasks() throws Exception {
    try (Peer flooded = Peer.on("127.0.0.1");
        Peer flooder = Peer.on("127.0.0.1")) {
      flooder.loop.execute(
          () -> {
            for (int i = 0; i < 2000; i++) {
              flooder.transport.sendPacket(flooded.endpoint(), new byte[] {1}, 1);
            }
          });
      assertThat(flooder.metric("packets_out_total")).isEqualTo(2000);
      assertThat(CompletableFuture.supplyAsync(() -> 1, flooded.loop).join()).isEqualTo(1);
      assertThat(flooded.take().data().length()).isEqualTo(1);
    }
  }

  @Test
  void asksTheSamePortOfBothProtocols() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      assertThat(a.port()).isPositive();
      byte[] message = LengthFramer.message(9, 1);
      assertThat(a.request(a.endpoint(), message, Peer.TIMEOUT).get()).isEqualTo(message);
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      assertThatThrownBy(() -> new Peer(a.address(), StreamLimits.defaults(1)).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + a.port())
          .hasMessageContaining("in use")
          .hasCauseInstanceOf(IOException.class);
    }
    try (ServerSocket tcpOnly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress taken =
          new InetSocketAddress(tcpOnly.getInetAddress(), tcpOnly.getLocalPort());
      assertThatThrownBy(() -> new Peer(taken, StreamLimits.defaults(1)).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void freesThePortWhenClosed() throws Exception {
    Peer peer = Peer.on("127.0.0.1");
    InetSocketAddress address = peer.address();
    // Often enough that losing a race against the loop once is all but certain.
    for (int i = 0; i < 200; i++) {
      try (Peer closing = peer) {
        closing.transport.close();
        peer = new Peer(address, StreamLimits.defaults(1));
      }
    }
    peer.close();
  }

  @Test
  void refusesAnUnknownAddress() {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
    assertThatThrownBy(() -> new Peer(unknown, StreamLimits.defaults(1)).close())
        .hasMessageContaining("nowhere.invalid");
  }
}
