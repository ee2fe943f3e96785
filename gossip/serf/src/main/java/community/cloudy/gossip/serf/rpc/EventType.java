package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfEvent.MemberEvent;

/** Serf's names for kinds of member events. */
final class EventType {
  static final String UPDATE = "member-update";
  static final String REAP = "member-reap";

  private EventType() {}

  static String of(MemberEvent event) {
    if (event instanceof SerfEvent.MemberJoined) {
      return "member-join";
    }
    if (event instanceof SerfEvent.MemberLeft) {
      return "member-leave";
    }
    if (event instanceof SerfEvent.MemberFailed) {
      return "member-failed";
    }
    return event instanceof SerfEvent.MemberUpdated ? UPDATE : REAP;
  }
}
