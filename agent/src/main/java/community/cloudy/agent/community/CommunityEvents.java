package community.cloudy.agent.community;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfListener;

/**
 * Tells the agent what happens in the community: in the event log and, where it is about members,
 * as a change. Whoever waits for a change has whole lists made anew, which user events must not
 * cause.
 */
final class CommunityEvents implements SerfListener {
  private final EventLog log;
  private final HeardQueries queries;
  private final Changes changes;

  CommunityEvents(EventLog log, HeardQueries queries, Changes changes) {
    this.log = log;
    this.queries = queries;
    this.changes = changes;
  }

  @Override
  public void onEvent(SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent change) {
      // In this order: who hears of the event finds the lists changed.
      changes.signal();
      log.publish(type(change), CommunityJson.member(change.member()));
    } else if (event instanceof SerfEvent.UserEvent user) {
      ObjectNode data = Json.object().put("name", user.name());
      CommunityJson.withPayload(data, user.payload())
          .put("coalesce", user.coalesce())
          .put("lamport_time", user.lamportTime());
      log.publish(EventType.USER, data);
    } else if (event instanceof SerfEvent.Query query) {
      ObjectNode data =
          Json.object()
              .put("id", queries.add(query))
              .put("name", query.name())
              .put("source", query.source());
      CommunityJson.withPayload(data, query.payload()).put("lamport_time", query.lamportTime());
      log.publish(EventType.QUERY, data);
    } else if (event instanceof SerfEvent.NameLost lost) {
      log.publish(EventType.NAME_LOST, Json.object().put("name", lost.name()));
      changes.signal();
    }
  }

  private static EventType type(SerfEvent.MemberEvent change) {
    if (change instanceof SerfEvent.MemberJoined) {
      return EventType.MEMBER_JOIN;
    }
    if (change instanceof SerfEvent.MemberLeft) {
      return EventType.MEMBER_LEAVE;
    }
    if (change instanceof SerfEvent.MemberFailed) {
      return EventType.MEMBER_FAILED;
    }
    return change instanceof SerfEvent.MemberReaped
        ? EventType.MEMBER_REAP
        : EventType.MEMBER_UPDATE;
  }
}
