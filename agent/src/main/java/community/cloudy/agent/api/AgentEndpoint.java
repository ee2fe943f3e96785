package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Answers what this node is and whether it is well. */
final class AgentEndpoint {
  private AgentEndpoint() {}

  static Reply answer(Node node) {
    Member self = node.community().localMember();
    ObjectNode json =
        Json.object()
            .put("name", self.name())
            .put("version", node.version())
            .put("community", node.config().node().community())
            .put("key_fingerprint", node.fingerprint())
            .put(
                "uptime_seconds",
                Duration.between(node.started(), node.clock().instant()).toSeconds())
            .put("gossip_address", self.endpoint().toString())
            .put("status", self.status().text())
            .put("profile", node.config().gossip().profile().name().toLowerCase(Locale.ROOT))
            .put("encrypted", !node.config().gossip().keys().isEmpty());
    ObjectNode counts = json.putObject("members");
    byStatus(node).forEach((status, count) -> counts.put(status.text(), count));
    return Reply.json(json);
  }

  static Map<MemberStatus, Integer> byStatus(Node node) {
    Map<MemberStatus, Integer> counts = new EnumMap<>(MemberStatus.class);
    for (MemberStatus status : MemberStatus.values()) {
      counts.put(status, 0);
    }
    node.community().members().forEach(member -> counts.merge(member.status(), 1, Integer::sum));
    return counts;
  }

  static Reply health(Node node) {
    MemberStatus status = node.community().localMember().status();
    if (status == MemberStatus.ALIVE) {
      return Reply.json(Json.object().put("status", "ok"));
    }
    return Problem.of(
            ProblemCode.UNHEALTHY,
            "This node is " + status.text() + " in its community. Start it again to return.")
        .reply();
  }
}
