package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.wire.MsgpackWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client that asks for the members as often as the server takes, and never reads. */
final class DeafClient implements AutoCloseable {
  private static final int AT_MOST = 4 << 20;

  private final SocketChannel channel;

  private DeafClient(SocketChannel channel) {
    this.channel = channel;
  }

  static DeafClient connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    MsgpackWriter out = MsgpackWriter.rpc();
    out.map(2).key("Command").string("handshake").key("Seq").integer(0);
    out.map(1).key("Version").integer(1);
    channel.write(ByteBuffer.wrap(out.toByteArray()));
    out.reset();
    for (int i = 0; i < 1000; i++) {
      out.map(2).key("Command").string("stats").key("Seq").integer(i);
    }
    channel.configureBlocking(false);
    int sent = 0;
    int count = 1;
    while (count > 0 && sent < AT_MOST) {
      count = channel.write(ByteBuffer.wrap(out.toByteArray()));
      sent += count;
    }
    return new DeafClient(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
