package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Services;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.Discovery;
import java.util.concurrent.CompletableFuture;

/** Tells whose key each node's name belongs to, and lets a person accept another. */
final class TrustEndpoint {
  private final Services services;

  TrustEndpoint(Services services) {
    this.services = services;
  }

  Reply answer() {
    ObjectNode json = Json.object();
    ArrayNode nodes = json.putArray("nodes");
    for (Discovery.Pin pin : services.pins()) {
      ObjectNode node =
          nodes
              .addObject()
              .put("node", pin.node())
              .put("key_fingerprint", pin.key().fingerprint())
              .put("trusted", pin.trusted());
      pin.claimed().ifPresent(key -> node.put("claimed_fingerprint", key.fingerprint()));
    }
    ArrayNode refused = json.putArray("refused");
    services
        .refusedSources()
        .forEach(
            (address, count) -> refused.addObject().put("address", address).put("count", count));
    return Reply.json(json);
  }

  CompletableFuture<Reply> accept(Call call) {
    String node = call.body().text("node");
    String fingerprint = call.body().text("key_fingerprint");
    call.body().end();
    services.accept(node, fingerprint);
    return CompletableFuture.completedFuture(
        Reply.json(Json.object().put("node", node).put("key_fingerprint", fingerprint)));
  }
}
