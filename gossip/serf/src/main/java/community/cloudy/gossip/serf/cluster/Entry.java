package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.swim.Peer;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.TagsCodec;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Serf remembers of a member, longer than SWIM does. */
final class Entry {
  private final Bytes name;
  private Endpoint endpoint;
  private Bytes meta;
  private Bytes versions;

  /** The answer of {@link #hasTag}, asked for each packet, until the tags change. */
  private @Nullable Boolean tagged;

  MemberStatus status = MemberStatus.ALIVE;

  /** The Lamport time of the last intent about the member. */
  long statusTime;

  /** When the member failed or left, on the scheduler's clock. */
  long goneSince;

  /** When a failed member was last tried, on the scheduler's clock. */
  long lastTry;

  Entry(Peer peer) {
    name = peer.name();
    endpoint = peer.endpoint();
    meta = peer.meta();
    versions = peer.versions();
  }

  void refresh(Peer peer) {
    endpoint = peer.endpoint();
    meta = peer.meta();
    versions = peer.versions();
    tagged = null;
  }

  Bytes name() {
    return name;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Bytes versions() {
    return versions;
  }

  boolean isGone() {
    return status == MemberStatus.FAILED || status == MemberStatus.LEFT;
  }

  /** Tells whether the member has a tag called {@code key}. */
  boolean hasTag(Bytes key) {
    Boolean known = tagged;
    if (known == null) {
      known = decodeTags().containsKey(key);
      tagged = known;
    }
    return known;
  }

  /** Returns the tags; none if the meta makes no sense. */
  SortedMap<Bytes, Bytes> decodeTags() {
    try {
      return TagsCodec.decode(meta);
    } catch (WireException e) {
      return Collections.emptySortedMap();
    }
  }

  Member toMember() {
    TreeMap<String, String> tags = new TreeMap<>();
    decodeTags().forEach((key, value) -> tags.put(key.utf8(), value.utf8()));
    return new Member(
        name.utf8(),
        endpoint,
        tags,
        status,
        new Member.Versions(
            versions.at(0) & 0xff,
            versions.at(1) & 0xff,
            versions.at(2) & 0xff,
            versions.at(3) & 0xff,
            versions.at(4) & 0xff,
            versions.at(5) & 0xff));
  }
}
