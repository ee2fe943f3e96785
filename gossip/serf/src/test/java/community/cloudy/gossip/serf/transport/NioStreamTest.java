package community.cloudy.gossip.serf.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NioStreamTest {
  private static final int MIB = 1 << 20;

  /** Long enough for a slow machine to do its part, short enough to wait for. */
  private static final long SHORT = 200_000_000;

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static StreamLimits limits(int connections, int perAddress, int bytes, long buffered) {
    return new StreamLimits(connections, perAddress, bytes, buffered, Peer.TIMEOUT);
  }

  private static Endpoint endpoint(ServerSocket server) {
    return new Endpoint(Bytes.wrap(LOOPBACK.getAddress()), server.getLocalPort());
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 300, LOOPBACK);
  }

  /** Reads to the end; a reset counts as one. */
  private static int readAll(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes().length;
    } catch (SocketException e) {
      return 0;
    }
  }

  @Test
  void carriesSeveralMebibytesBothWays() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Peer b = Peer.on("127.0.0.1")) {
      byte[] message = LengthFramer.message(7 * MIB, 42);
      assertThat(a.request(b.endpoint(), message, Peer.TIMEOUT).get()).isEqualTo(message);
      assertThat(b.requests.take()).isEqualTo(message);
      assertThat(a.metric("stream_bytes_in_total")).isEqualTo(7 * MIB);
      assertThat(b.metric("streams_accepted_total")).isEqualTo(1);
    }
  }

  @Test
  void waitsForASlowReader() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(a.address());
      byte[] message = LengthFramer.message(6 * MIB, 9);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(socket, message));
      assertThat(a.requests.take()).hasSize(6 * MIB);
      sent.join();
      // The reply does not fit the socket buffers; meanwhile others are served.
      byte[] small = LengthFramer.message(10, 1);
      assertThat(a.request(a.endpoint(), small, Peer.TIMEOUT).get()).isEqualTo(small);
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(message);
    }
  }

  private static void write(Socket socket, byte[] data) {
    try {
      socket.getOutputStream().write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takesARequestOneByteAtATime() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Socket socket = new Socket(LOOPBACK, a.port())) {
      socket.setTcpNoDelay(true);
      byte[] message = LengthFramer.message(300, 5);
      OutputStream out = socket.getOutputStream();
      for (byte one : message) {
        out.write(one);
        out.flush();
      }
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(message);
    }
  }

  @Test
  void closesASilentPeerAtTheDeadline() throws Exception {
    StreamLimits impatient = new StreamLimits(128, 8, MIB, MIB, SHORT);
    try (Peer a = new Peer("127.0.0.1", impatient);
        Socket silent = new Socket(LOOPBACK, a.port());
        Socket halting = new Socket(LOOPBACK, a.port())) {
      halting.getOutputStream().write(new byte[] {0, 0, 1});
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(readAll(halting)).isZero();
      assertThat(a.metric("streams_timed_out_total")).isEqualTo(2);
      assertThat(a.requests).isEmpty();
    }
  }

  @Test
  void closesAPeerThatDoesNotTakeItsReply() throws Exception {
    StreamLimits impatient = new StreamLimits(128, 8, 8 * MIB, 16 * MIB, SHORT * 5);
    try (Peer a = new Peer("127.0.0.1", impatient);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(a.address());
      write(socket, LengthFramer.message(8 * MIB, 9));
      assertThat(a.requests.take()).hasSize(8 * MIB);
      CompletableFuture<Void> deadline = new CompletableFuture<>();
      a.loop.schedule(SHORT * 6, () -> deadline.complete(null));
      deadline.join();
      assertThat(a.metric("streams_timed_out_total")).isEqualTo(1);
      assertThat(readAll(socket)).isLessThan(8 * MIB);
    }
  }

  @Test
  void servesSixtyFourOfThreeHundredConnectionsFromOneAddress() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      List<Socket> sockets = open(300, a.port());
      // Streams beyond the limit end at once, so those left open are found by asking.
      int served = 0;
      for (Socket socket : sockets) {
        served += ask(socket) ? 1 : 0;
      }
      assertThat(a.metric("streams_refused_total")).isGreaterThanOrEqualTo(236 - 64);
      assertThat(a.metric("streams_accepted_total") + a.metric("streams_refused_total"))
          .isEqualTo(300);
      assertThat(served).isEqualTo((int) a.metric("streams_accepted_total"));
      byte[] message = LengthFramer.message(50, 1);
      assertThat(a.request(a.endpoint(), message, Peer.TIMEOUT).get()).isEqualTo(message);
    }
  }

  private static List<Socket> open(int count, int port) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new Socket(LOOPBACK, port));
    }
    return sockets;
  }

  private static boolean ask(Socket socket) throws IOException {
    try (socket) {
      socket.getOutputStream().write(LengthFramer.message(20, 3));
      return readAll(socket) == 20;
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void holdsAHundredAndTwentyEightOfThreeHundredConnectionsInAll() throws Exception {
    try (Peer a = new Peer("127.0.0.1", limits(128, 300, MIB, 16 * MIB))) {
      List<Socket> sockets = open(300, a.port());
      // The last connection is refused, and by then all before it were decided on.
      assertThat(readAll(sockets.get(299))).isZero();
      assertThat(a.metric("streams_accepted_total")).isEqualTo(128);
      assertThat(a.metric("streams_refused_total")).isEqualTo(172);
      int served = 0;
      for (Socket socket : sockets) {
        served += ask(socket) ? 1 : 0;
      }
      assertThat(served).isEqualTo(128);
    }
  }

  @Test
  void boundsTheBytesHeldForAllConnections() throws Exception {
    try (Peer a = new Peer("127.0.0.1", limits(128, 128, 8 * MIB, 3 * MIB));
        Peer other = Peer.on("127.0.0.1");
        Socket first = new Socket(LOOPBACK, a.port());
        Socket second = new Socket(LOOPBACK, a.port())) {
      byte[] message = LengthFramer.message(2 * MIB, 1);
      first.getOutputStream().write(message, 0, 2 * MIB - 1);
      awaitBytes(a, 2 * MIB - 1);
      CompletableFuture<Void> pushing = CompletableFuture.runAsync(() -> write(second, message));
      assertThat(readAll(second)).isZero();
      pushing.exceptionally(e -> null).join();
      first.getOutputStream().write(message, 2 * MIB - 1, 1);
      assertThat(first.getInputStream().readAllBytes()).isEqualTo(message);
      assertThat(a.metric("streams_failed_total")).isEqualTo(1);
      // Everything was given back: the same again works.
      assertThat(other.request(a.endpoint(), message, Peer.TIMEOUT).get()).isEqualTo(message);
    }
  }

  private static void awaitBytes(Peer peer, long count) {
    while (peer.metric("stream_bytes_in_total") < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void dropsMessagesThatAreTooLongOrMalformed() throws Exception {
    try (Peer a = new Peer("127.0.0.1", limits(128, 128, 1000, MIB));
        Socket tooLong = new Socket(LOOPBACK, a.port());
        Socket malformed = new Socket(LOOPBACK, a.port());
        Socket truncated = new Socket(LOOPBACK, a.port())) {
      tooLong.getOutputStream().write(LengthFramer.message(1001, 1));
      assertThat(readAll(tooLong)).isZero();
      malformed.getOutputStream().write(new byte[4]);
      assertThat(readAll(malformed)).isZero();
      truncated.getOutputStream().write(LengthFramer.message(20, 1), 0, 19);
      truncated.shutdownOutput();
      assertThat(readAll(truncated)).isZero();
      assertThat(a.metric("streams_failed_total")).isEqualTo(3);
      assertThat(a.requests).isEmpty();
    }
  }

  @Test
  void anEmptyReplyClosesAndTheDiallerIsTold() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      a.silent = true;
      assertThatThrownBy(a.request(a.endpoint(), LengthFramer.message(9, 9), Peer.TIMEOUT)::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("closed the stream");
    }
  }

  @Test
  void sendStreamDeliversWithoutAReply() throws Exception {
    try (Peer a = Peer.on("127.0.0.1");
        Peer b = Peer.on("127.0.0.1")) {
      b.silent = true;
      byte[] message = LengthFramer.message(3 * MIB, 6);
      a.loop.execute(() -> a.transport.sendStream(b.endpoint(), message, Peer.TIMEOUT));
      assertThat(b.requests.take()).isEqualTo(message);
    }
  }

  @Test
  void aRefusedConnectionFailsOnce() throws Exception {
    Endpoint nobody;
    try (ServerSocket closedSoon = server()) {
      nobody = endpoint(closedSoon);
    }
    try (Peer a = Peer.on("127.0.0.1")) {
      assertThatThrownBy(a.request(nobody, LengthFramer.message(9, 9), Peer.TIMEOUT)::get)
          .hasMessageContaining("Could not reach " + nobody)
          .hasMessageContaining("refused");
      a.loop.execute(() -> a.transport.sendStream(nobody, LengthFramer.message(9, 9), SHORT));
      CompletableFuture<Void> later = new CompletableFuture<>();
      a.loop.schedule(2 * SHORT, () -> later.complete(null));
      later.join();
      assertThat(a.metric("streams_failed_total")).isEqualTo(2);
      assertThat(a.metric("streams_timed_out_total")).isZero();
      assertThat(a.loop.failures()).isZero();
    }
  }

  @Test
  void anAddressNoSocketTakesFailsLaterNotInline() throws Exception {
    try (Peer a = Peer.on("127.0.0.1")) {
      Endpoint broadcast = new Endpoint(Bytes.wrap(new byte[] {-1, -1, -1, -1}), 9);
      assertThatThrownBy(a.request(broadcast, LengthFramer.message(9, 9), Peer.TIMEOUT)::get)
          .hasMessageContaining("Could not reach 255.255.255.255:9");
      assertThat(a.loop.failures()).isZero();
    }
  }

  @Test
  void aPeerThatNeverAnswersFailsAtTheTimeout() throws Exception {
    try (ServerSocket mute = server();
        Peer a = Peer.on("127.0.0.1")) {
      assertThatThrownBy(a.request(endpoint(mute), LengthFramer.message(9, 9), SHORT)::get)
          .hasMessageContaining("no answer in time");
      assertThat(a.metric("streams_timed_out_total")).isEqualTo(1);
    }
  }

  @Test
  void boundsWhatAPeerMayReply() throws Exception {
    try (ServerSocket liar = server();
        Peer a = new Peer("127.0.0.1", limits(8, 8, 1000, MIB))) {
      CompletableFuture<byte[]> outcome =
          a.request(endpoint(liar), LengthFramer.message(9, 9), Peer.TIMEOUT);
      try (Socket socket = liar.accept();
          InputStream in = socket.getInputStream()) {
        assertThat(in.readNBytes(9)).hasSize(9);
        socket.getOutputStream().write(LengthFramer.message(2000, 1));
        assertThatThrownBy(outcome::get).hasMessageContaining("longer than 1000");
      }
    }
  }

  @Test
  void endsAStreamWhoseFramerBreaks() throws Exception {
    try (ServerSocket mute = server();
        Peer a = Peer.on("127.0.0.1");
        Socket asking = new Socket(LOOPBACK, a.port())) {
      asking.getOutputStream().write(LengthFramer.message(LengthFramer.BROKEN, 1));
      assertThat(readAll(asking)).isZero();
      CompletableFuture<byte[]> outcome =
          a.request(endpoint(mute), LengthFramer.message(9, 9), Peer.TIMEOUT);
      try (Socket answering = mute.accept()) {
        answering.getOutputStream().write(LengthFramer.message(LengthFramer.BROKEN, 1));
        assertThatThrownBy(outcome::get).hasMessageContaining("could not be handled");
      }
      assertThat(a.metric("streams_failed_total")).isEqualTo(2);
      assertThat(a.loop.failures()).isEqualTo(2);
    }
  }

  @Test
  void boundsTheStreamsItDials() throws Exception {
    try (ServerSocket mute = server();
        Peer a = new Peer("127.0.0.1", limits(4, 4, MIB, MIB))) {
      List<CompletableFuture<byte[]>> outcomes =
          IntStream.range(0, 5)
              .mapToObj(i -> a.request(endpoint(mute), LengthFramer.message(9, 9), Peer.TIMEOUT))
              .toList();
      assertThatThrownBy(outcomes.get(4)::get).hasMessageContaining("too many streams");
      assertThat(outcomes.subList(0, 4)).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void closingFailsWhatIsUnderWay() throws Exception {
    try (ServerSocket mute = server();
        Peer a = Peer.on("127.0.0.1")) {
      CompletableFuture<byte[]> outcome =
          a.request(endpoint(mute), LengthFramer.message(9, 9), Peer.TIMEOUT);
      a.transport.close();
      assertThatThrownBy(outcome::get).hasMessageContaining("closing");
      a.transport.close();
    }
  }

  @Test
  void closesAfterTheLoopToo() throws Exception {
    InetSocketAddress address;
    try (Peer a = Peer.on("127.0.0.1")) {
      address = a.address();
      a.loop.close();
    }
    try (ServerSocket again = new ServerSocket(address.getPort(), 1, LOOPBACK)) {
      assertThat(again.isBound()).isTrue();
    }
  }
}
