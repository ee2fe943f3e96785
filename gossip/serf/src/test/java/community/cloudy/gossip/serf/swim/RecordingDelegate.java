package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Slice;
import java.util.ArrayList;
import java.util.List;

/** An application that writes down what it hears. */
final class RecordingDelegate implements SwimDelegate {
  final List<String> heard = new ArrayList<>();
  final List<Long> roundTrips = new ArrayList<>();

  @Override
  public void joined(Peer peer) {
    heard.add("joined " + peer.name());
  }

  @Override
  public void left(Peer peer) {
    heard.add("left " + peer.name());
  }

  @Override
  public void updated(Peer peer) {
    heard.add("updated " + peer.name());
  }

  @Override
  public void conflict(Peer existing, Endpoint claimed) {
    heard.add("conflict " + existing.name() + " " + claimed);
  }

  @Override
  public void message(Endpoint from, Slice payload) {
    heard.add("message " + payload.toBytes());
  }

  @Override
  public void pinged(Bytes name, Endpoint from) {
    heard.add("pinged by " + name);
  }

  @Override
  public Bytes answer(Endpoint from, Bytes request) {
    heard.add("request " + request);
    return Bytes.EMPTY;
  }

  @Override
  public void takeBroadcasts(Peer to, int overhead, int limit, List<byte[]> packet) {}

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public int waitingForSpeakers() {
    return 0;
  }

  @Override
  public boolean speaks(Peer peer) {
    return false;
  }

  @Override
  public void noSpeakers() {}

  @Override
  public Bytes localState(boolean join) {
    return Bytes.EMPTY;
  }

  @Override
  public void mergeState(Bytes state, boolean join) {
    heard.add("merge " + state);
  }

  @Override
  public Bytes ackPayload() {
    return Bytes.utf8("payload");
  }

  @Override
  public void answered(Peer peer, long rttNanos, Slice payload) {
    roundTrips.add(rttNanos);
  }
}
