package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.swim.Peer;
import community.cloudy.gossip.serf.swim.SwimDelegate;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.JoinIntent;
import community.cloudy.gossip.serf.wire.LeaveIntent;
import community.cloudy.gossip.serf.wire.QueryMessage;
import community.cloudy.gossip.serf.wire.QueryResponse;
import community.cloudy.gossip.serf.wire.Relay;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.SerfPushPull;
import community.cloudy.gossip.serf.wire.Slice;
import community.cloudy.gossip.serf.wire.UserEventMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Serf's side of SWIM: takes its news and messages to whom they concern. */
final class Delegate implements SwimDelegate {
  private final Cluster cluster;
  private final Members members;
  private final Clocks clocks;
  private final UserEvents userEvents;
  private final Queues queues;
  private final ChannelPort channels;

  Delegate(
      Cluster cluster,
      Members members,
      Clocks clocks,
      UserEvents userEvents,
      Queues queues,
      ChannelPort channels) {
    this.channels = channels;
    this.cluster = cluster;
    this.members = members;
    this.clocks = clocks;
    this.userEvents = userEvents;
    this.queues = queues;
  }

  @Override
  public void joined(Peer peer) {
    if (members.joined(peer)) {
      cluster.reconnector().returned();
    }
  }

  @Override
  public void left(Peer peer) {
    members.left(peer);
  }

  @Override
  public void updated(Peer peer) {
    members.updated(peer);
  }

  @Override
  public void conflict(Peer existing, Endpoint claimed) {
    cluster.conflict(existing, claimed);
  }

  @Override
  public void pinged(Bytes name, Endpoint from) {
    cluster.reconnector().heardFrom(name, from);
  }

  @Override
  public void takeBroadcasts(Peer to, int overhead, int limit, List<byte[]> packet) {
    int used = queues.take(overhead, limit, packet);
    if (channels.waiting() > 0 && speaks(to)) {
      channels.take(overhead, limit - used, packet);
    }
  }

  @Override
  public int waiting() {
    return queues.size();
  }

  @Override
  public int waitingForSpeakers() {
    return channels.waiting();
  }

  @Override
  public boolean speaks(Peer peer) {
    return channels.isSpokenBy(peer.name());
  }

  @Override
  public void noSpeakers() {
    channels.dropNews();
  }

  @Override
  public Bytes ackPayload() {
    return cluster.distances().ackPayload();
  }

  @Override
  public void answered(Peer peer, long rttNanos, Slice payload) {
    cluster.distances().measured(peer.name(), rttNanos, payload);
  }

  @Override
  public Bytes answer(Endpoint from, Bytes request) {
    if (ChannelPort.isFramed(request.array(), 0, request.length())) {
      return channels.answer(from, request);
    }
    message(from, new Slice().set(request.array(), 0, request.length()));
    return Bytes.EMPTY;
  }

  @Override
  public void message(Endpoint from, Slice payload) {
    if (ChannelPort.isFramed(payload.array(), payload.offset(), payload.length())) {
      channels.message(from, payload);
      return;
    }
    try {
      SerfMessage message = SerfMessage.decode(payload.array(), payload.offset(), payload.length());
      receive(message, payload);
    } catch (WireException e) {
      cluster.count(Counter.REJECTED_MALFORMED);
    }
  }

  /** News is passed on byte for byte, as it came (specification B1). */
  private void receive(SerfMessage message, Slice payload) {
    if (message instanceof LeaveIntent leave) {
      if (sound(clocks.members(), leave.lamportTime()) && cluster.intents().left(leave)) {
        queues.intents().add(Cluster.userMessage(payload.copy()));
      }
    } else if (message instanceof JoinIntent join) {
      if (sound(clocks.members(), join.lamportTime())
          && members.joinIntent(join.node(), join.lamportTime())) {
        queues.intents().add(Cluster.userMessage(payload.copy()));
      }
    } else if (message instanceof UserEventMessage event) {
      if (sound(clocks.events(), event.lamportTime()) && cluster.deliver(event)) {
        queues.events().add(Cluster.userMessage(payload.copy()));
      }
    } else if (message instanceof QueryMessage query) {
      if (sound(clocks.queries(), query.lamportTime()) && cluster.queries().asked(query)) {
        queues.queries().add(Cluster.userMessage(payload.copy()));
      }
    } else if (message instanceof Relay relay) {
      cluster.queries().relay(relay);
    } else if (message instanceof QueryResponse response) {
      cluster.queries().answered(response);
    } else {
      cluster.count(Counter.REJECTED_MALFORMED);
    }
  }

  private boolean sound(LamportClock clock, long time) {
    if (clock.isAbsurd(time)) {
      cluster.count(Counter.REJECTED_JUMP);
      return false;
    }
    clock.witness(time);
    return true;
  }

  @Override
  public Bytes localState(boolean join) {
    Map<Bytes, Long> times = new LinkedHashMap<>();
    List<Bytes> left = new ArrayList<>();
    for (Entry entry : members.all()) {
      times.put(entry.name(), entry.statusTime);
      if (entry.status == MemberStatus.LEFT) {
        left.add(entry.name());
      }
    }
    return Bytes.wrap(
        new SerfPushPull(
                clocks.members().time(),
                times,
                left,
                clocks.events().time(),
                userEvents.buffered(),
                clocks.queries().time())
            .encode());
  }

  @Override
  public void mergeState(Bytes state, boolean join) {
    try {
      if (SerfMessage.decode(state.array(), 0, state.length()) instanceof SerfPushPull remote) {
        merge(remote, join);
      }
    } catch (WireException e) {
      cluster.count(Counter.REJECTED_MALFORMED);
    }
  }

  private void merge(SerfPushPull remote, boolean join) {
    witnessed(clocks.members(), remote.lamportTime());
    witnessed(clocks.events(), remote.eventTime());
    witnessed(clocks.queries(), remote.queryTime());
    Set<Bytes> left = new HashSet<>(remote.leftMembers());
    for (Bytes name : left) {
      long time = remote.statusTimes().getOrDefault(name, 0L);
      if (sound(clocks.members(), time)) {
        cluster.intents().left(new LeaveIntent(time + 1, name, false));
      }
    }
    remote
        .statusTimes()
        .forEach(
            (name, time) -> {
              if (!left.contains(name) && sound(clocks.members(), time)) {
                members.joinIntent(name, time);
              }
            });
    if (join && cluster.ignoresOldEvents()) {
      userEvents.ignoreBefore(remote.eventTime());
    }
    for (SerfPushPull.Slot slot : remote.events()) {
      if (sound(clocks.events(), slot.lamportTime())) {
        for (SerfPushPull.Event event : slot.events()) {
          cluster.deliver(
              new UserEventMessage(slot.lamportTime(), event.name(), event.payload(), false));
        }
      }
    }
  }

  /** A peer tells its clock's next value, so the last one seen is one less. */
  private void witnessed(LamportClock clock, long next) {
    if (next > 0) {
      sound(clock, next - 1);
    }
  }
}
