package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Ping;

/** Makes this node's pings and numbers them. */
final class Pings {
  private final Peer self;
  private long lastSeqNo;

  Pings(Peer self) {
    this.self = self;
  }

  long nextSeqNo() {
    lastSeqNo = (lastSeqNo + 1) & 0xffff_ffffL;
    return lastSeqNo;
  }

  /** Returns a ping that only {@code node} answers, or anybody if it is empty. */
  byte[] ping(long seqNo, Bytes node) {
    return new Ping(seqNo, node, self.endpoint.address(), self.endpoint.port(), self.name())
        .encode();
  }
}
