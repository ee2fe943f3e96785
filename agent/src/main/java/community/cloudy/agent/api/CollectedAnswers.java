package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.CommunityJson;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** All that the community says to one question, told when its time is over. */
final class CollectedAnswers implements QueryListener {
  static final int MAX = 1_000;

  private final Executor executor;
  private final ArrayNode acks = Json.array();
  private final ArrayNode responses = Json.array();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private int lost;

  /** Tells on {@code executor}, for it takes its time. */
  CollectedAnswers(Executor executor) {
    this.executor = executor;
  }

  CompletableFuture<Reply> reply() {
    return reply;
  }

  @Override
  public void acknowledged(String from) {
    if (acks.size() < MAX) {
      acks.add(from);
    } else {
      lost++;
    }
  }

  @Override
  public void answered(String from, Bytes payload) {
    if (responses.size() < MAX) {
      responses.add(response(from, payload));
    } else {
      lost++;
    }
  }

  static ObjectNode response(String from, Bytes payload) {
    return CommunityJson.withPayload(Json.object().put("node", from), payload);
  }

  @Override
  public void finished() {
    ObjectNode json = Json.object();
    json.set("acks", acks);
    json.set("responses", responses);
    json.put("lost", lost);
    reply.completeAsync(() -> Reply.json(json), executor);
  }
}
