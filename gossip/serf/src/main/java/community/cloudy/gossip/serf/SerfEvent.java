package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;

/** Something a node learnt from its community. */
public sealed interface SerfEvent {
  /** An event about one member. */
  sealed interface MemberEvent extends SerfEvent {
    /** Returns the member as it is after the event. */
    Member member();
  }

  /**
   * A member came, or came back.
   *
   * @param member as it is now
   */
  record MemberJoined(Member member) implements MemberEvent {}

  /**
   * A member left on purpose.
   *
   * @param member as it is now
   */
  record MemberLeft(Member member) implements MemberEvent {}

  /**
   * A member stopped answering.
   *
   * @param member as it is now
   */
  record MemberFailed(Member member) implements MemberEvent {}

  /**
   * A member changed its tags or address.
   *
   * @param member as it is now
   */
  record MemberUpdated(Member member) implements MemberEvent {}

  /**
   * A member that had failed or left was forgotten.
   *
   * @param member as it last was
   */
  record MemberReaped(Member member) implements MemberEvent {}

  /**
   * A user event arrived.
   *
   * @param lamportTime its place in the community's order of events
   * @param name what happened
   * @param payload details, meaningful to applications
   * @param coalesce whether later events of the same name may replace it
   */
  record UserEvent(long lamportTime, String name, Bytes payload, boolean coalesce)
      implements SerfEvent {}

  /**
   * Another node holds this node's name, and most members know that one: this node stopped
   * gossiping.
   *
   * @param name the contested name
   */
  record NameLost(String name) implements SerfEvent {}

  /**
   * A query arrived that asks this node, too.
   *
   * @param lamportTime its place in the community's order of queries
   * @param id tells it from others of the same time
   * @param source who asks
   * @param name what is asked
   * @param payload what comes with it
   * @param responder answers it
   */
  record Query(
      long lamportTime,
      long id,
      String source,
      String name,
      Bytes payload,
      QueryResponder responder)
      implements SerfEvent {}
}
