package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.transport.EventLoop;
import community.cloudy.gossip.serf.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: hands its requests to the session one after another and writes the
 * answers. While answers pile up or a request is being worked on, nothing more is read.
 */
final class Connection implements EventLoop.Ready {
  /** Bytes that may wait for a client before it counts as lost: 50 lists of a thousand members. */
  static final long MOST_UNSENT = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final long PAUSE_READING = 1 << 18;

  private final EventLoop loop;
  private final SocketChannel channel;
  private final ByteBuffer chunk;
  private final Handler handler;
  private final RequestBuffer inbox = new RequestBuffer();
  private final Outbox outbox = new Outbox();
  private Optional<SelectionKey> key = Optional.empty();
  private boolean working;
  private boolean held;
  private boolean ending;
  private boolean refusing;
  private boolean closed;

  /** What a connection does with its requests. */
  interface Handler {
    /**
     * Carries out a request.
     *
     * @throws WireException if it makes no sense: the connection is closed
     */
    void request(Request request) throws WireException;

    /** The connection is closed. */
    void closed();
  }

  /** Creates one that is idle until {@link #registered}; {@code chunk} is the loop's. */
  Connection(
      EventLoop loop,
      SocketChannel channel,
      ByteBuffer chunk,
      Function<Connection, Handler> handlers) {
    this.loop = loop;
    this.channel = channel;
    this.chunk = chunk;
    handler = handlers.apply(this);
  }

  void registered(SelectionKey watched) {
    key = Optional.of(watched);
  }

  @Override
  public void ready(SelectionKey watched) {
    try {
      if (watched.isReadable() && !read()) {
        ending = true;
      }
      work();
    } catch (IOException | WireException e) {
      LOG.debug("rpc client closed reason={}", e.getMessage());
      close();
    }
  }

  /** Sends {@code answer}; {@code sent} runs once the system has taken it. */
  void send(byte[] answer, Runnable sent) {
    if (closed) {
      return;
    }
    outbox.add(answer, sent);
    if (outbox.bytes() > MOST_UNSENT) {
      LOG.warn("rpc client closed reason=it does not read unsent={}", outbox.bytes());
      close();
    } else if (!working) {
      proceed();
    }
  }

  void send(byte[] answer) {
    send(answer, () -> {});
  }

  /** Holds back the next request until {@code result} is there and {@code answer} has run. */
  <T> void await(CompletableFuture<T> result, BiConsumer<Optional<T>, Optional<Throwable>> answer) {
    held = true;
    var unused =
        result.whenComplete(
            (value, failure) ->
                loop.execute(
                    () -> {
                      answer.accept(
                          Optional.ofNullable(value), Optional.ofNullable(cause(failure)));
                      held = false;
                      proceed();
                    }));
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Takes no more requests, and closes once all answers are out. */
  void end() {
    ending = true;
    refusing = true;
  }

  void close() {
    if (!closed) {
      closed = true;
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("could not close an rpc client", e);
      }
      handler.closed();
    }
  }

  private boolean read() throws IOException {
    int count = channel.read(chunk.clear());
    inbox.add(chunk.flip());
    return count >= 0;
  }

  private void proceed() {
    try {
      work();
    } catch (IOException | WireException e) {
      LOG.debug("rpc client closed reason={}", e.getMessage());
      close();
    }
  }

  private void work() throws IOException, WireException {
    working = true;
    try {
      boolean more = open();
      while (more) {
        while (more && open()) {
          more = request();
        }
        flush();
        more &= open();
      }
      flush();
    } finally {
      working = false;
    }
    if (ending && !held && outbox.isEmpty()) {
      close();
    }
    watch();
  }

  /** Tells whether the next request may be worked on. */
  private boolean open() {
    return !closed && !held && !refusing && outbox.bytes() < PAUSE_READING;
  }

  private boolean request() throws WireException {
    Optional<Request> request = inbox.next();
    if (request.isPresent()) {
      handler.request(request.get());
    }
    return request.isPresent();
  }

  private void flush() throws IOException {
    if (!closed) {
      outbox.write(channel, chunk);
    }
  }

  private void watch() {
    if (!closed) {
      int read = open() && !ending ? SelectionKey.OP_READ : 0;
      int write = outbox.isEmpty() ? 0 : SelectionKey.OP_WRITE;
      key.ifPresent(watched -> watched.interestOps(read | write));
    }
  }
}
