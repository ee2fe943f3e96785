package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.IndirectPing;
import community.cloudy.gossip.serf.wire.Message;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.PacketHandler;
import community.cloudy.gossip.serf.wire.Ping;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.RefusedStreamException;
import community.cloudy.gossip.serf.wire.Slice;
import community.cloudy.gossip.serf.wire.StreamCodec;
import community.cloudy.gossip.serf.wire.Suspect;
import community.cloudy.gossip.serf.wire.UserMessage;
import community.cloudy.gossip.serf.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Takes what peers and strangers send: decodes it, answers pings, passes the rest on. */
final class Inbox implements Transport.Inbound, PacketHandler {
  private static final byte[] NO_REPLY = {};

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final PacketCodec packets;
  private final StreamCodec streams;
  private final Parts parts;
  private final SwimDelegate delegate;
  private final SourceLimiter limiter = new SourceLimiter();
  private Endpoint from;

  /** Who handles what. */
  record Parts(
      Membership membership,
      Prober prober,
      Relays relays,
      StateExchange exchange,
      PacketSender sender) {}

  Inbox(
      Context context,
      Peers peers,
      Peer self,
      PacketCodec packets,
      StreamCodec streams,
      Parts parts,
      SwimDelegate delegate) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.packets = packets;
    this.streams = streams;
    this.parts = parts;
    this.delegate = delegate;
    from = self.endpoint;
  }

  @Override
  public void packet(Endpoint source, byte[] data, int length) {
    context.counters().add(Counter.PACKETS_RECEIVED);
    if (!limiter.admit(source.address(), context.now())) {
      context.counters().add(Counter.REJECTED_RATE);
      return;
    }
    from = source;
    try {
      packets.decode(data, length, this);
    } catch (WireException e) {
      rejected(e);
    }
  }

  @Override
  public void rejected(WireException reason) {
    context.counters().add(Counter.REJECTED_MALFORMED);
  }

  @Override
  public void ping(Ping ping) {
    if (!isForMe(ping.node())) {
      return;
    }
    byte[] ack = new Ack(ping.seqNo(), delegate.ackPayload()).encode();
    Peer source = peers.find(ping.sourceNode());
    if (source == null || !source.isPresent()) {
      answerStranger(source, ping, ack);
    } else if (claimsItsOwnAddress(source, ping)) {
      parts.sender.sendWithNews(source, ack);
    } else {
      parts.sender.sendAlone(from, ack);
    }
  }

  private boolean isForMe(Bytes node) {
    return node.isEmpty() || node.equals(self.name());
  }

  /** An ack goes where the ping asks only if that is a member's address: nobody is sent floods. */
  private static boolean claimsItsOwnAddress(Peer source, Ping ping) {
    return ping.sourcePort() == source.endpoint.port()
        && ping.sourceAddress().equals(source.endpoint.address());
  }

  /** A packet from a node thought dead is reason enough to talk to it: it may refute. */
  private void answerStranger(@Nullable Peer source, Ping ping, byte[] ack) {
    if (source != null && source.state == State.DEAD) {
      Suspect accusation = new Suspect(source.incarnation, source.name(), self.name());
      parts.sender.sendPair(source, ack, accusation.encode());
    } else {
      parts.sender.sendAlone(from, ack);
    }
    delegate.pinged(ping.sourceNode(), from);
  }

  @Override
  public void indirectPing(IndirectPing request) {
    // Strangers do not get to send pings through us.
    Peer source = peers.find(request.sourceNode());
    if (source != null) {
      parts.relays.relay(source.endpoint, request);
    }
  }

  @Override
  public void ack(Ack ack) {
    if (!parts.prober.ack(ack.seqNo(), ack.payload())) {
      parts.relays.ack(ack.seqNo());
    }
  }

  @Override
  public void nack(long seqNo) {
    parts.prober.nack(seqNo);
  }

  @Override
  public void suspect(Suspect suspect, Slice raw) {
    if (parts.membership.suspect(suspect, raw)) {
      parts.prober.witness(suspect.node());
    }
  }

  @Override
  public void alive(Alive alive, Slice raw) {
    parts.membership.alive(alive, raw);
  }

  @Override
  public void dead(Dead dead, Slice raw) {
    parts.membership.dead(dead, raw);
  }

  @Override
  public void user(Slice payload) {
    delegate.message(from, payload);
  }

  @Override
  public byte[] stream(Endpoint source, byte[] request) {
    try {
      return answer(source, streams.decode(request, true));
    } catch (RefusedStreamException e) {
      rejected(e);
      return streams.encode(e.reply(), false);
    } catch (WireException e) {
      rejected(e);
      return NO_REPLY;
    }
  }

  private byte[] answer(Endpoint source, Message request) {
    if (request instanceof PushPull remote) {
      return parts.exchange.answer(remote);
    }
    if (request instanceof Ping ping && isForMe(ping.node())) {
      return streams.encode(new Ack(ping.seqNo(), Bytes.EMPTY), false);
    }
    if (request instanceof UserMessage message) {
      Bytes reply = delegate.answer(source, message.payload());
      return reply.isEmpty() ? NO_REPLY : streams.encode(new UserMessage(reply), false);
    }
    return NO_REPLY;
  }
}
