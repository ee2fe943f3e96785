package community.cloudy.gossip.serf.rpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.transport.EventLoop;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Serf's own tools drive a node: the agent RPC of specification C, on a thread of its own.
 * Clients beyond 64 are turned away, and one that is not admitted within 10 s is closed.
 */
public final class RpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
  private static final int MOST_CLIENTS = 64;
  private static final int BACKLOG = 64;
  private static final long ADMISSION = SECONDS.toNanos(10);
  private static final long ACCEPT_PAUSE = MILLISECONDS.toNanos(100);
  private static final int CHUNK = 65_536;

  private final Serf serf;
  private final Optional<String> authKey;
  private final Runnable afterLeave;
  private final EventLoop loop;
  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final LogRing logs = LogRing.install();
  private final Feed feed;
  private final Runnable unlisten;
  private int clients;

  private RpcServer(
      Serf serf,
      Optional<String> authKey,
      Runnable afterLeave,
      EventLoop loop,
      ServerSocketChannel listener)
      throws IOException {
    this.serf = serf;
    this.authKey = authKey;
    this.afterLeave = afterLeave;
    this.loop = loop;
    this.listener = listener;
    address = (InetSocketAddress) listener.getLocalAddress();
    feed = new Feed(loop);
    unlisten = serf.listen(event -> onLoop(() -> feed.accept(event)));
  }

  /**
   * Starts to serve.
   *
   * @param bind where; port 0 means any
   * @param authKey what clients must present, if anything
   * @param afterLeave runs, on a thread of its own, after a client has made the node leave
   * @throws IOException if the port is taken or the address not this host's
   */
  public static RpcServer start(
      Serf serf, InetSocketAddress bind, Optional<String> authKey, Runnable afterLeave)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(bind, BACKLOG).configureBlocking(false);
      EventLoop loop = EventLoop.start("serf-rpc");
      RpcServer server = new RpcServer(serf, authKey, afterLeave, loop, listener);
      loop.execute(server::listen);
      return server;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Returns where clients connect, with the real port. */
  public InetSocketAddress address() {
    return address;
  }

  /** Closes all connections and frees the port. The node goes on. */
  @Override
  public void close() {
    unlisten.run();
    logs.close();
    loop.close();
  }

  private void listen() {
    try {
      loop.register(listener, SelectionKey.OP_ACCEPT, this::accept);
      LOG.info("serf rpc listens address={}", address);
    } catch (IOException e) {
      LOG.error("serf rpc could not listen address={}", address, e);
    }
  }

  private void accept(SelectionKey key) {
    try {
      for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
        admit(client);
      }
    } catch (IOException e) {
      // Out of descriptors: the connection stays ready, so without a pause this would spin.
      LOG.warn("serf rpc could not accept, pausing reason={}", e.getMessage());
      key.interestOps(0);
      loop.schedule(ACCEPT_PAUSE, () -> resume(key));
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    if (clients >= MOST_CLIENTS) {
      LOG.debug("serf rpc client refused reason=too many");
      channel.close();
      return;
    }
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    clients++;
    Connection connection = new Connection(loop, channel, chunk, this::session);
    connection.registered(loop.register(channel, SelectionKey.OP_READ, connection));
  }

  private Connection.Handler session(Connection connection) {
    Scheduler.Timer deadline = loop.schedule(ADMISSION, connection::close);
    Streams streams = new Streams(serf, connection, this::onLoop, feed, logs);
    Commands commands = new Commands(serf, connection, streams, afterLeave);
    Runnable closed =
        () -> {
          deadline.cancel();
          clients--;
        };
    return new Session(connection, authKey, deadline::cancel, commands, closed);
  }

  /** Runs {@code task} on the loop; after the end, never. */
  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("serf rpc is closed");
    }
  }
}
