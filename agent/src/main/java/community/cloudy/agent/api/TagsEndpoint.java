package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers and changes what this node tells of itself. */
final class TagsEndpoint {
  private static final int MAX = 64;

  private final Community community;

  TagsEndpoint(Community community) {
    this.community = community;
  }

  Reply answer() {
    ObjectNode json = Json.object();
    ObjectNode tags = json.putObject("tags");
    community.localMember().tags().forEach(tags::put);
    return Reply.json(json);
  }

  CompletableFuture<Reply> change(Call call) {
    Map<String, String> set = call.body().namedTexts("set", MAX);
    Set<String> remove = Set.copyOf(call.body().textsIfAny("remove", MAX));
    call.body().end();
    return community.updateTags(set, remove).thenApply(done -> answer());
  }
}
