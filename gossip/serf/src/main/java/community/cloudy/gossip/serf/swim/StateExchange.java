package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.ErrorReply;
import community.cloudy.gossip.serf.wire.Message;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.StreamCodec;
import community.cloudy.gossip.serf.wire.UserMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.Optional;
import java.util.function.Consumer;

/** Full exchanges of state over streams, and TCP pings (specification A9, A10). */
final class StateExchange implements Prober.StreamPing {
  private static final int UNSCALED_MEMBERS = 32;

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final Membership membership;
  private final StreamCodec codec;
  private final Transport transport;
  private final SwimDelegate delegate;
  private final Pings pings;
  private boolean stopped;

  StateExchange(
      Context context,
      Peers peers,
      Peer self,
      Membership membership,
      StreamCodec codec,
      Transport transport,
      Pings pings,
      SwimDelegate delegate) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.membership = membership;
    this.codec = codec;
    this.transport = transport;
    this.pings = pings;
    this.delegate = delegate;
  }

  void start() {
    context.scheduler().schedule(context.random().nextLong(interval()), this::tick);
  }

  void stop() {
    stopped = true;
  }

  private long interval() {
    return scale(peers.size()) * context.config().pushPullInterval();
  }

  /** Returns how many times rarer exchanges become in a community of {@code members}. */
  static int scale(int members) {
    if (members <= UNSCALED_MEMBERS) {
      return 1;
    }
    double doublings = Math.log(members) / Math.log(2) - Math.log(UNSCALED_MEMBERS) / Math.log(2);
    return (int) Math.ceil(doublings) + 1;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    context.scheduler().schedule(interval(), this::tick);
    exchangeWithAnybody();
  }

  void exchangeWithAnybody() {
    for (Peer peer : peers.pick(1, p -> p != self && p.state == State.ALIVE)) {
      exchange(peer.endpoint, false, failure -> {});
    }
  }

  /** Exchanges states with {@code to}; {@code done} gets the failure, if there was one. */
  void exchange(Endpoint to, boolean join, Consumer<Optional<String>> done) {
    byte[] request = codec.encode(state(join), true);
    transport.request(
        to,
        request,
        context.config().tcpTimeout(),
        new Transport.ReplyHandler() {
          @Override
          public void reply(byte[] message) {
            done.accept(merge(message));
          }

          @Override
          public void failed(String reason) {
            context.counters().add(Counter.PUSH_PULLS_FAILED);
            done.accept(Optional.of(reason));
          }
        });
  }

  /** Sends a user message by stream; {@code done} gets the answer, if there is one. */
  void request(Endpoint to, Bytes message, Consumer<Optional<Bytes>> done) {
    transport.request(
        to,
        codec.encode(new UserMessage(message), true),
        context.config().tcpTimeout(),
        new Transport.ReplyHandler() {
          @Override
          public void reply(byte[] reply) {
            done.accept(userMessage(reply));
          }

          @Override
          public void failed(String reason) {
            done.accept(Optional.empty());
          }
        });
  }

  private Optional<Bytes> userMessage(byte[] reply) {
    try {
      if (codec.decode(reply, false) instanceof UserMessage message) {
        return Optional.of(message.payload());
      }
    } catch (WireException e) {
      context.counters().add(Counter.REJECTED_MALFORMED);
    }
    return Optional.empty();
  }

  private Optional<String> merge(byte[] reply) {
    try {
      Message message = codec.decode(reply, false);
      if (message instanceof PushPull remote) {
        merge(remote);
        return Optional.empty();
      }
      context.counters().add(Counter.PUSH_PULLS_FAILED);
      return Optional.of(
          message instanceof ErrorReply error
              ? "the peer answered: " + error.text().utf8()
              : "the peer did not answer with its state");
    } catch (WireException e) {
      context.counters().add(Counter.REJECTED_MALFORMED);
      context.counters().add(Counter.PUSH_PULLS_FAILED);
      return Optional.of("the peer's answer is malformed: " + e.getMessage());
    }
  }

  private byte[] state(boolean join) {
    return new PushPull(join, membership.entries(), delegate.localState(join)).encode();
  }

  /** Returns the reply to a peer's push/pull, then merges it. */
  byte[] answer(PushPull remote) {
    byte[] reply = codec.encode(state(remote.join()), false);
    merge(remote);
    return reply;
  }

  private void merge(PushPull remote) {
    context.counters().add(Counter.PUSH_PULLS);
    context.counters().add(Counter.REJECTED_MALFORMED, remote.refused());
    for (PushPullNode node : remote.nodes()) {
      membership.merge(node, self.endpoint.port());
    }
    if (!remote.userState().isEmpty()) {
      delegate.mergeState(remote.userState(), remote.join());
    }
  }

  @Override
  public void ping(Peer peer, long seqNo, long timeout, Runnable answered) {
    byte[] ping = pings.ping(seqNo, peer.name());
    transport.request(
        peer.endpoint,
        codec.encode(ping, true),
        timeout,
        new Transport.ReplyHandler() {
          @Override
          public void reply(byte[] message) {
            if (acknowledges(message, seqNo)) {
              answered.run();
            }
          }

          @Override
          public void failed(String reason) {}
        });
  }

  private boolean acknowledges(byte[] reply, long seqNo) {
    try {
      return codec.decode(reply, false) instanceof Ack ack && ack.seqNo() == seqNo;
    } catch (WireException e) {
      context.counters().add(Counter.REJECTED_MALFORMED);
      return false;
    }
  }
}
