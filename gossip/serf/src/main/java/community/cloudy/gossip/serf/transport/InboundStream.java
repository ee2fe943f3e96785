package community.cloudy.gossip.serf.transport;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One accepted connection: a request, at most one reply, the end (specification A1). */
final class InboundStream implements EventLoop.Ready {
  private final StreamServer server;
  private final StreamResources shared;
  private final SocketChannel channel;
  private final Endpoint from;
  private final MessageReader reader;
  private @Nullable MessageWriter writer;
  private Scheduler.Timer deadline;
  private boolean closed;

  InboundStream(StreamServer server, StreamResources shared, SocketChannel channel, Endpoint from) {
    this.server = server;
    this.shared = shared;
    this.channel = channel;
    this.from = from;
    reader = new MessageReader(shared);
    deadline = startDeadline();
  }

  Endpoint from() {
    return from;
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      if (writer == null ? read(key) : writer.write(channel)) {
        close();
      }
    } catch (IOException e) {
      fail(Metrics.Count.STREAMS_FAILED);
    } catch (RuntimeException e) {
      fail(Metrics.Count.STREAMS_FAILED);
      shared.loop().failed(e);
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      deadline.cancel();
      reader.release();
      if (writer != null) {
        writer.release();
      }
      server.closed(this);
    }
  }

  /** Returns true when there is nothing more to do. */
  private boolean read(SelectionKey key) throws IOException {
    Optional<byte[]> request = reader.read(channel);
    if (request.isEmpty()) {
      return false;
    }
    reader.release();
    deadline.cancel();
    byte[] reply = server.inbound().stream(from, request.get());
    if (closed || reply.length == 0) {
      return true;
    }
    MessageWriter started = new MessageWriter(shared, reply);
    writer = started;
    deadline = startDeadline();
    key.interestOps(SelectionKey.OP_WRITE);
    return started.write(channel);
  }

  private Scheduler.Timer startDeadline() {
    return shared
        .loop()
        .schedule(shared.limits().timeoutNanos(), () -> fail(Metrics.Count.STREAMS_TIMED_OUT));
  }

  private void fail(Metrics.Count why) {
    shared.metrics().add(why, 1);
    close();
  }
}
