package community.cloudy.agent.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one stream. While it waits, for something to send or for the client to read, it holds no
 * thread; what the client has not read yet is one write, never a queue.
 */
final class StreamWriter extends IteratingCallback {
  private static final Logger log = LoggerFactory.getLogger(StreamWriter.class);

  private final StreamSource source;
  private final BooleanSupplier welcome;
  private final EndPoint connection;
  private final Response response;
  private final Callback callback;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private volatile boolean heartbeatDue;
  private volatile boolean closing;
  private long stuckAt = -1;
  private boolean lastWritten;

  StreamWriter(
      StreamSource source,
      BooleanSupplier welcome,
      EndPoint connection,
      Response response,
      Callback callback) {
    this.source = source;
    this.welcome = welcome;
    this.connection = connection;
    this.response = response;
    this.callback = callback;
  }

  @Override
  protected Action process() {
    if (lastWritten) {
      return Action.SUCCEEDED;
    }
    // In this order: what came before the end must be sent before the end.
    boolean ended = closing || source.ended();
    byte[] bytes = source.next();
    if (bytes.length == 0 && heartbeatDue) {
      heartbeatDue = false;
      bytes = source.heartbeat();
    } else if (bytes.length == 0 && !ended) {
      return Action.IDLE;
    }
    lastWritten = bytes.length == 0;
    begun.incrementAndGet();
    response.write(lastWritten, ByteBuffer.wrap(bytes), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    done.incrementAndGet();
  }

  /**
   * Shows the client that the stream is alive. Ends it, if its session is over; cuts it off, if the
   * client has read nothing since the last beat although there is something to read. Not by two
   * threads at once.
   */
  void beat() {
    if (!welcome.getAsBoolean()) {
      end();
      return;
    }
    long now = done.get();
    if (begun.get() > now && stuckAt == now) {
      log.info("Cut off an event stream: its client does not read");
      connection.close(new IOException("the client does not read"));
      return;
    }
    stuckAt = begun.get() > now ? now : -1;
    heartbeatDue = true;
    iterate();
  }

  /** Frees what it wrote from, once it is over. */
  void free() {
    source.over();
  }

  /** Ends the stream in order. */
  void end() {
    closing = true;
    iterate();
  }

  /** Completes when the stream is over, however it ended. */
  CompletableFuture<Void> over() {
    return over;
  }

  @Override
  protected void onCompleteSuccess() {
    over.complete(null);
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    over.complete(null);
    callback.failed(cause);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
