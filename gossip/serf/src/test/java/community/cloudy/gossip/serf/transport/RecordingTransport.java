package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.Recorder;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A network that keeps what is sent, decoded, and delivers nothing. */
public final class RecordingTransport implements Transport {
  /** The messages sent in packets, in order. */
  public final List<Sent> sent = new ArrayList<>();

  /** The stream requests made, in order; none is answered unless the test does so. */
  public final List<Request> requests = new ArrayList<>();

  private final PacketCodec codec = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);
  private final Consumer<Sent> watcher;

  /**
   * One message of a packet.
   *
   * @param raw its bytes, the type byte first
   * @param company how many messages the packet held
   */
  public record Sent(Endpoint to, Object message, Bytes raw, int company) {}

  /** One stream request. */
  public record Request(Endpoint to, Bytes message, long timeoutNanos, ReplyHandler handler) {}

  /** Creates one; {@code watcher} sees each message as it is sent. */
  public RecordingTransport(Consumer<Sent> watcher) {
    this.watcher = watcher;
  }

  @Override
  public void sendPacket(Endpoint to, byte[] data, int length) {
    Recorder recorder = new Recorder();
    try {
      codec.decode(data, length, recorder);
    } catch (WireException e) {
      throw new AssertionError("sent what cannot be read", e);
    }
    if (!recorder.faults.isEmpty()) {
      throw new AssertionError("sent what cannot be read: " + recorder.faults);
    }
    int company = recorder.messages.size();
    for (int i = 0; i < company; i++) {
      Sent one = new Sent(to, recorder.messages.get(i), recorder.raws.get(i), company);
      sent.add(one);
      watcher.accept(one);
    }
  }

  @Override
  public void request(Endpoint to, byte[] request, long timeoutNanos, ReplyHandler handler) {
    requests.add(new Request(to, Bytes.wrap(request), timeoutNanos, handler));
  }

  @Override
  public void sendStream(Endpoint to, byte[] message, long timeoutNanos) {
    throw new AssertionError("nothing is sent by stream without a reply");
  }
}
