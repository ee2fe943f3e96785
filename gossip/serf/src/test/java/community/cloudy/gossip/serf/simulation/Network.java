package community.cloudy.gossip.serf.simulation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Transport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A network that loses, delays and partitions as it is told, deterministically. */
public final class Network {
  private static final long LEAST_DELAY = MILLISECONDS.toNanos(1);
  private static final long DELAY_SPREAD = MILLISECONDS.toNanos(9);

  private final VirtualTime time;
  private final RandomGenerator random;
  private final Map<Endpoint, Node> nodes = new HashMap<>();
  private double loss;
  private boolean partitioned;
  private long packets;
  private long bytes;
  private long streamBytes;

  Network(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  void add(Node node) {
    nodes.put(node.endpoint(), node);
  }

  /** Loses this share of the packets. */
  public void lose(double share) {
    loss = share;
  }

  /** Cuts the nodes with even from those with odd indexes. */
  public void partition(boolean on) {
    partitioned = on;
  }

  /** Returns how many packets were sent. */
  public long packets() {
    return packets;
  }

  /** Returns how many bytes were sent in packets. */
  public long bytes() {
    return bytes;
  }

  /** Returns how many bytes were sent in streams. */
  public long streamBytes() {
    return streamBytes;
  }

  private boolean connected(Node from, Node to) {
    return to != null && to.isUp() && !(partitioned && from.index() % 2 != to.index() % 2);
  }

  private long delay() {
    return LEAST_DELAY + random.nextLong(DELAY_SPREAD);
  }

  Transport transportOf(Node from) {
    return new Transport() {
      @Override
      public void sendPacket(Endpoint to, byte[] data, int length) {
        packets++;
        bytes += length;
        Node target = nodes.get(to);
        if (!connected(from, target) || random.nextDouble() < loss) {
          return;
        }
        byte[] copy = Arrays.copyOf(data, length);
        time.at(
            time.now() + delay(),
            () ->
                target.receive(() -> target.inbound().packet(from.endpoint(), copy, copy.length)));
      }

      @Override
      public void request(Endpoint to, byte[] request, long timeout, ReplyHandler handler) {
        streamBytes += request.length;
        long deadline = time.now() + timeout;
        Node target = nodes.get(to);
        if (!connected(from, target)) {
          time.at(deadline, () -> from.receive(() -> handler.failed("timed out")));
          return;
        }
        time.at(
            time.now() + streamDelay(),
            () -> target.receive(() -> serve(target, request, deadline, handler)));
      }

      private void serve(Node target, byte[] request, long deadline, ReplyHandler handler) {
        byte[] reply = target.inbound().stream(from.endpoint(), request);
        streamBytes += reply.length;
        long arrival = time.now() + streamDelay();
        boolean answered = reply.length > 0 && arrival < deadline && connected(from, target);
        time.at(
            answered ? arrival : Math.max(deadline, time.now()),
            () ->
                from.receive(
                    () -> {
                      if (answered) {
                        handler.reply(reply);
                      } else {
                        handler.failed("timed out");
                      }
                    }));
      }

      /** A lost segment costs TCP a retransmission timeout, doubling each time. */
      private long streamDelay() {
        long total = 3 * delay();
        for (long wait = MILLISECONDS.toNanos(200); random.nextDouble() < loss; wait *= 2) {
          total += wait;
        }
        return total;
      }

      @Override
      public void sendStream(Endpoint to, byte[] message, long timeout) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
