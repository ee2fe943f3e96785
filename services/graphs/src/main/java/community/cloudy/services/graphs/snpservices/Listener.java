package community.cloudy.services.graphs.snpservices;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Just enough of HTTP/1.1 (RFC 9112) for requests to read: GET and HEAD, one a connection. Java's
 * own server bounds neither a request line nor slow clients. Here one thread waits for heads, which
 * have 8 KiB and ten seconds, so that idle connections cost no thread; of those there are 128, and
 * 32 of one address. Four threads answer, 32 whole requests wait for them, and after two minutes a
 * connection is cut, whatever it does.
 */
final class Listener implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_HEAD = 8192;
  private static final int MAX_OPEN = 128;
  private static final int MAX_OF_ONE = 32;
  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final int TICK_MILLIS = 1000;
  private static final long HEAD_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long CONNECTION_NANOS = Duration.ofMinutes(2).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
  private static final Map<Integer, String> REASONS =
      Map.of(
          200,
          "OK",
          400,
          "Bad Request",
          403,
          "Forbidden",
          404,
          "Not Found",
          405,
          "Method Not Allowed",
          431,
          "Request Header Fields Too Large",
          500,
          "Internal Server Error",
          503,
          "Service Unavailable");

  private final ServerSocketChannel server;
  private final Selector selector;
  private final Function<Query, Reply> answers;
  private final Map<SocketChannel, Long> open = new ConcurrentHashMap<>();
  private final List<SelectionKey> whole = new ArrayList<>();
  private final ThreadPoolExecutor pool;
  private final int port;

  Listener(InetSocketAddress address, Function<Query, Reply> answers) throws IOException {
    this.answers = answers;
    this.selector = Selector.open();
    this.server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      this.port = server.socket().getLocalPort();
    } catch (IOException e) {
      server.close();
      selector.close();
      throw e;
    }
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> daemon(work, "snpservices"));
    pool.allowCoreThreadTimeOut(true);
    daemon(this::listen, "snpservices-heads").start();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return port;
  }

  private void listen() {
    while (selector.isOpen()) {
      try {
        selector.select(this::ready, TICK_MILLIS);
        handOver();
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException e) {
        LOG.warn("snpservices cannot take connections: {}", e.getMessage());
      }
      sweep();
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    } catch (IOException | CancelledKeyException e) {
      if (key.channel() instanceof SocketChannel channel) {
        drop(channel);
      } else {
        LOG.warn("snpservices cannot take a connection: {}", e.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS); // Out of files: it would be asked again at once.
      }
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    InetAddress from = channel.socket().getInetAddress();
    long same =
        open.keySet().stream().filter(c -> from.equals(c.socket().getInetAddress())).count();
    if (open.size() >= MAX_OPEN || same >= MAX_OF_ONE) {
      channel.close();
      return;
    }
    open.put(channel, System.nanoTime());
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MAX_HEAD));
  }

  private void read(SelectionKey key) throws IOException {
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    if (channel.read(buffer) < 0) {
      drop(channel);
    } else if (isWhole(text(buffer)) || !buffer.hasRemaining()) {
      key.cancel();
      whole.add(key);
    }
  }

  private static boolean isWhole(String head) {
    return head.contains("\r\n\r\n") || head.contains("\n\n");
  }

  private static String text(ByteBuffer buffer) {
    return StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
  }

  /** A channel can block again only once the selector has let it go, in another selection. */
  private void handOver() throws IOException {
    while (!whole.isEmpty()) {
      List<SelectionKey> ready = List.copyOf(whole);
      whole.clear();
      selector.selectNow(this::ready);
      for (SelectionKey key : ready) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
          channel.configureBlocking(true);
          String head = text((ByteBuffer) key.attachment());
          pool.execute(() -> serve(channel, head));
        } catch (IOException | RejectedExecutionException e) {
          drop(channel);
        }
      }
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    open.forEach(
        (channel, since) -> {
          long most = channel.keyFor(selector) == null ? CONNECTION_NANOS : HEAD_NANOS;
          if (now - since > most) {
            drop(channel);
          }
        });
  }

  private void drop(SocketChannel channel) {
    open.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection did not close: {}", e.getMessage());
    }
  }

  private void serve(SocketChannel channel, String head) {
    try {
      send(channel, reply(head), head.startsWith("HEAD "));
      channel.shutdownOutput();
      channel.socket().setSoTimeout(TICK_MILLIS);
      // Else the answer may be lost with what is unread.
      channel.socket().getInputStream().skip(MAX_HEAD);
    } catch (IOException e) {
      LOG.debug("a connection ended early: {}", e.getMessage());
    } finally {
      drop(channel);
    }
  }

  private Reply reply(String head) {
    if (!isWhole(head)) {
      return Reply.text(431, "ERROR: the request is too long\n");
    }
    String[] line = head.lines().findFirst().orElse("").split(" ", -1);
    if (line.length != 3 || !line[2].startsWith("HTTP/1.") || !line[1].startsWith("/")) {
      return Reply.text(400, "ERROR: this is no request\n");
    }
    if (!line[0].equals("GET") && !line[0].equals("HEAD")) {
      return Reply.text(405, "ERROR: only GET and HEAD are answered\n");
    }
    try {
      return answers.apply(Query.of(line[1]));
    } catch (IllegalArgumentException e) {
      return Reply.text(400, "ERROR: this is no request\n");
    } catch (RuntimeException e) {
      LOG.warn("snpservices could not answer", e);
      return Reply.text(500, "ERROR: it could not be answered\n");
    }
  }

  private static void send(SocketChannel channel, Reply reply, boolean only) throws IOException {
    String head =
        "HTTP/1.1 "
            + reply.status()
            + " "
            + REASONS.getOrDefault(reply.status(), "Status")
            + "\r\nContent-Type: "
            + reply.type()
            + "\r\nContent-Length: "
            + reply.content().length
            + (reply.status() == 405 ? "\r\nAllow: GET, HEAD" : "")
            + (reply.status() == 503 ? "\r\nRetry-After: 30" : "")
            + "\r\nConnection: close"
            + "\r\nCache-Control: max-age=60"
            + "\r\nX-Content-Type-Options: nosniff"
            + "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'"
            + "\r\nReferrer-Policy: no-referrer\r\n\r\n";
    channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
    if (!only) {
      channel.write(ByteBuffer.wrap(reply.content()));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    selector.close();
    open.keySet().forEach(this::drop);
    pool.shutdownNow();
  }
}
