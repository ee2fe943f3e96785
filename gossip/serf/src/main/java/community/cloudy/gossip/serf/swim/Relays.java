package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.IndirectPing;
import community.cloudy.gossip.serf.wire.Nack;
import java.util.HashMap;
import java.util.Map;

/** Pings sent for others, or outside the probe cycle, until they are answered or time out. */
final class Relays {
  /** Bounds what requests from the network can make us remember. */
  private static final int MAX = 1024;

  private final Context context;
  private final Pings pings;
  private final PacketSender sender;
  private final Map<Long, Pending> pending = new HashMap<>();

  Relays(Context context, Pings pings, PacketSender sender) {
    this.context = context;
    this.pings = pings;
    this.sender = sender;
  }

  /** Pings on behalf of {@code requester}. */
  void relay(Endpoint requester, IndirectPing request) {
    Endpoint target = new Endpoint(request.target(), request.port());
    ping(
        target,
        request.node(),
        () -> sender.sendAlone(requester, new Ack(request.seqNo(), Bytes.EMPTY).encode()),
        () -> {
          if (request.nack()) {
            sender.sendAlone(requester, new Nack(request.seqNo()).encode());
          }
        });
  }

  /** Pings once; exactly one of the two outcomes runs, within the probe timeout. */
  void ping(Endpoint target, Bytes name, Runnable answered, Runnable silent) {
    if (pending.size() >= MAX) {
      silent.run();
      return;
    }
    long seqNo = pings.nextSeqNo();
    Scheduler.Timer timer =
        context
            .scheduler()
            .schedule(
                context.config().probeTimeout(),
                () -> {
                  pending.remove(seqNo);
                  silent.run();
                });
    pending.put(seqNo, new Pending(answered, timer));
    sender.sendAlone(target, pings.ping(seqNo, name));
  }

  /** Says that an ack numbered {@code seqNo} will be for {@code answered}. */
  void expect(long seqNo, Runnable answered) {
    pending.put(seqNo, new Pending(answered, () -> {}));
  }

  void forget(long seqNo) {
    pending.remove(seqNo);
  }

  void ack(long seqNo) {
    Pending answer = pending.remove(seqNo);
    if (answer != null) {
      answer.timer.cancel();
      answer.answered.run();
    }
  }

  private record Pending(Runnable answered, Scheduler.Timer timer) {}
}
