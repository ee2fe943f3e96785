package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.Channel;
import community.cloudy.gossip.serf.ChannelLink;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.swim.BroadcastQueue;
import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.MessageType;
import community.cloudy.gossip.serf.wire.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application's own channel: its queue of news, and who may hear it. */
final class ChannelPort implements ChannelLink {
  /** The first byte of the channel's messages, far from Serf's own types (specification B1). */
  private static final byte TYPE = (byte) 0xC1;

  private static final byte[] PACKET_HEAD = {MessageType.USER, TYPE};
  private static final byte[] STREAM_HEAD = {TYPE};

  private final Members members;
  private final BroadcastQueue news;
  private final int depth;
  private @Nullable Swim swim;
  private @Nullable Channel handler;
  private Bytes tag = Bytes.EMPTY;

  ChannelPort(Members members, int retransmitMult, int depth, Runnable wake) {
    this.members = members;
    this.depth = depth;
    news = new BroadcastQueue(retransmitMult, members::size, wake);
  }

  void connect(Swim under) {
    swim = under;
  }

  ChannelLink open(Bytes newTag, Channel newHandler) {
    if (handler != null) {
      throw new SerfException(Code.INVALID, "the channel is open already");
    }
    tag = newTag;
    handler = newHandler;
    return this;
  }

  /** Tells whether a user message is the channel's. */
  static boolean isFramed(byte[] data, int offset, int length) {
    return length > 0 && data[offset] == TYPE;
  }

  void message(Endpoint from, Slice payload) {
    if (handler == null) {
      swim().count(Counter.REJECTED_MALFORMED, 1);
    } else {
      handler.message(
          from, Bytes.copyOf(payload.array(), payload.offset() + 1, payload.length() - 1));
    }
  }

  Bytes answer(Endpoint from, Bytes request) {
    if (handler == null) {
      swim().count(Counter.REJECTED_MALFORMED, 1);
      return Bytes.EMPTY;
    }
    Bytes answer = handler.answer(from, Bytes.copyOf(request.array(), 1, request.length() - 1));
    return answer.isEmpty() ? answer : framed(STREAM_HEAD, answer);
  }

  @Override
  public void broadcast(Bytes subject, Bytes message) {
    if (message.length() > largest()) {
      throw new SerfException(
          Code.INVALID,
          "a message of " + message.length() + " bytes does not fit a packet: " + largest());
    }
    news.replace(subject, framed(PACKET_HEAD, message).array(), null);
  }

  @Override
  public int largest() {
    return swim().largestBroadcast() - PACKET_HEAD.length;
  }

  @Override
  public void request(Endpoint to, Bytes request, Consumer<Optional<Bytes>> done) {
    swim()
        .request(
            to,
            framed(STREAM_HEAD, request),
            answer ->
                done.accept(
                    answer
                        .filter(bytes -> isFramed(bytes.array(), 0, bytes.length()))
                        .map(bytes -> Bytes.copyOf(bytes.array(), 1, bytes.length() - 1))));
  }

  @Override
  public Optional<Endpoint> anybody() {
    return swim().anybody(peer -> isSpokenBy(peer.name()));
  }

  boolean isSpokenBy(Bytes member) {
    Entry entry = members.find(member);
    return entry != null && !tag.isEmpty() && entry.hasTag(tag);
  }

  int waiting() {
    return news.size();
  }

  void take(int overhead, int limit, List<byte[]> packet) {
    news.take(overhead, limit, packet);
  }

  /** Drops what is over the limit and returns how much that was. */
  int prune() {
    return news.prune(depth);
  }

  void dropNews() {
    news.prune(0);
  }

  private Swim swim() {
    if (swim == null) {
      throw new IllegalStateException("the channel is not connected");
    }
    return swim;
  }

  private static Bytes framed(byte[] head, Bytes message) {
    byte[] framed = new byte[head.length + message.length()];
    System.arraycopy(head, 0, framed, 0, head.length);
    System.arraycopy(message.array(), 0, framed, head.length, message.length());
    return Bytes.wrap(framed);
  }
}
