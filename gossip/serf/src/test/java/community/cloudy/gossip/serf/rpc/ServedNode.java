package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A lone node called "a" whose role is "web", its RPC server, and clients of that. */
final class ServedNode implements Closeable {
  /** Open once a client has made the node leave. */
  final CountDownLatch left = new CountDownLatch(1);

  final Serf serf;
  final RpcServer server;
  private final Deque<Closeable> open = new ArrayDeque<>();

  ServedNode() throws IOException {
    SerfConfig config = SerfConfig.named("a", "127.0.0.1:0").withTags(Map.of("role", "web"));
    serf = Serf.start(config, event -> {});
    open.push(serf::close);
    server = serve(Optional.empty());
  }

  /** Starts one more server. */
  RpcServer serve(Optional<String> key) throws IOException {
    return serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key);
  }

  RpcServer serve(InetSocketAddress bind, Optional<String> key) throws IOException {
    RpcServer started = RpcServer.start(serf, bind, key, left::countDown);
    open.push(started::close);
    return started;
  }

  RpcClient connect(RpcServer to) throws IOException {
    RpcClient client = new RpcClient(to.address());
    open.push(client::close);
    return client;
  }

  /** Connects and shakes hands. */
  RpcClient client() throws IOException {
    return connect(server).greet();
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
