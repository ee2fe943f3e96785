package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.TagsCodec;
import java.util.TreeMap;

/** Makes peers for tests of what lies above SWIM. */
public final class SamplePeer {
  private SamplePeer() {}

  /** Returns {@code name} at 10.0.0.{@code host} with a tag {@code role}. */
  public static Peer of(String name, int host, String role) {
    Peer peer = new Peer(Bytes.utf8(name), Rig.at(host), Swim.VERSIONS, 0);
    TreeMap<Bytes, Bytes> tags = new TreeMap<>();
    tags.put(Bytes.utf8("role"), Bytes.utf8(role));
    peer.meta = TagsCodec.encode(tags);
    return peer;
  }
}
