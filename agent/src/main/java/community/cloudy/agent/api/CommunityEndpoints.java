package community.cloudy.agent.api;

import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes the community. */
final class CommunityEndpoints {
  private static final int MAX_ADDRESSES = 64;

  private final Node node;

  CommunityEndpoints(Node node) {
    this.node = node;
  }

  CompletableFuture<Reply> join(Call call) {
    List<String> addresses = call.body().texts("addresses", MAX_ADDRESSES);
    boolean ignoreOldEvents = call.body().flag("ignore_old_events");
    call.body().end();
    return node.community()
        .join(addresses, ignoreOldEvents)
        .thenApply(joined -> Reply.json(Json.object().put("joined", joined)));
  }

  /** Leaves; the agent stops once the caller has its answer. */
  CompletableFuture<Reply> leave(Call call) {
    call.body().end();
    return node.community()
        .leave()
        .thenApply(left -> Reply.json(Json.object().put("left", true)).then(node.stop()));
  }

  CompletableFuture<Reply> forceLeave(Call call) {
    String name = call.body().text("node");
    boolean prune = call.body().flag("prune");
    call.body().end();
    return node.community()
        .forceLeave(name, prune)
        .thenApply(done -> Reply.json(Json.object().put("node", name)));
  }
}
