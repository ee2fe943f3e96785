package community.cloudy.agent.community;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Base64;

/** How members and payloads look in JSON, in the API's answers and in events alike. */
public final class CommunityJson {
  private CommunityJson() {}

  /** Returns who and where a member is, its status and its tags; on Earth, too, if it says so. */
  public static ObjectNode member(Member member) {
    ObjectNode json =
        Json.object()
            .put("name", member.name())
            .put("address", member.endpoint().toString())
            .put("status", member.status().text());
    ObjectNode tags = json.putObject("tags");
    member.tags().forEach(tags::put);
    Place.of(member)
        .ifPresent(
            place -> json.put("latitude", place.latitude()).put("longitude", place.longitude()));
    return json;
  }

  /** Adds a payload to {@code json}: as text, where it is some, and exactly. */
  public static ObjectNode withPayload(ObjectNode json, Bytes payload) {
    return json.put("payload", payload.utf8())
        .put("payload_base64", Base64.getEncoder().encodeToString(payload.array()));
  }
}
