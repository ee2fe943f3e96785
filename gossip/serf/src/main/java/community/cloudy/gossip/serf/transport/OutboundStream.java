package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One dialled connection: a message out, at most one reply back (specification A1). */
final class OutboundStream implements EventLoop.Ready {
  private final StreamResources shared;
  private final SocketChannel channel;
  private final Endpoint to;
  private final MessageWriter writer;
  private final @Nullable MessageReader reader;
  private final Transport.ReplyHandler handler;
  private final Consumer<OutboundStream> onClose;
  private final Scheduler.Timer deadline;
  private boolean closed;

  private OutboundStream(
      StreamResources shared, SocketChannel channel, Dial dial, Consumer<OutboundStream> onClose)
      throws IOException {
    this.shared = shared;
    this.channel = channel;
    this.onClose = onClose;
    to = dial.to();
    handler = dial.handler();
    writer = new MessageWriter(shared, dial.message().array());
    reader = dial.wantsReply() ? new MessageReader(shared) : null;
    deadline = shared.loop().schedule(dial.timeoutNanos(), this::timedOut);
  }

  /** What to send, and who wants to know what came of it. */
  record Dial(
      Endpoint to,
      Bytes message,
      boolean wantsReply,
      long timeoutNanos,
      Transport.ReplyHandler handler) {}

  /**
   * Starts connecting. Nothing is called back before this returns.
   *
   * @throws IOException if that fails at once; the handler will then not be called
   */
  static OutboundStream open(
      StreamResources shared,
      InetSocketAddress address,
      Dial dial,
      Consumer<OutboundStream> onClose)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      boolean connected = channel.connect(address);
      int operation = connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
      OutboundStream stream = new OutboundStream(shared, channel, dial, onClose);
      shared.loop().register(channel, operation, stream);
      return stream;
    } catch (IOException e) {
      channel.close();
      throw e;
    } catch (UnsupportedAddressTypeException e) {
      channel.close();
      throw new IOException("the system does not support this kind of address", e);
    }
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        write(key);
      } else if (reader != null) {
        reader.read(channel).ifPresent(this::done);
      }
    } catch (IOException e) {
      fail(Metrics.Count.STREAMS_FAILED, reason(e));
    } catch (RuntimeException e) {
      fail(Metrics.Count.STREAMS_FAILED, "the answer could not be handled");
      shared.loop().failed(e);
    }
  }

  /** Gives up, telling the handler why, unless it was told already. */
  void fail(Metrics.Count count, String reason) {
    if (close()) {
      shared.metrics().add(count, 1);
      handler.failed("Could not reach " + to + ": " + reason);
    }
  }

  static String reason(Exception cause) {
    return Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
  }

  private void write(SelectionKey key) throws IOException {
    if (!writer.write(channel)) {
      return;
    }
    if (reader == null) {
      done(new byte[0]);
    } else {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private void timedOut() {
    fail(Metrics.Count.STREAMS_TIMED_OUT, "no answer in time");
  }

  private void done(byte[] reply) {
    if (close()) {
      handler.reply(reply);
    }
  }

  /** Returns false if closed before. */
  private boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    deadline.cancel();
    writer.release();
    if (reader != null) {
      reader.release();
    }
    try {
      channel.close();
    } catch (IOException e) {
      shared.metrics().add(Metrics.Count.STREAMS_FAILED, 1);
    }
    onClose.accept(this);
    return true;
  }
}
