package community.cloudy.agent.api;

import community.cloudy.agent.community.Community;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Asks the community questions, and answers those of others. */
final class QueriesEndpoint {
  private static final String INTERNAL = "_serf_";
  private static final int MAX_NODES = 64;
  private static final int MAX_TAGS = 16;
  private static final int MAX_OPEN = 16;

  private final Community community;
  private final Waiting waiting;
  private final Semaphore places = new Semaphore(MAX_OPEN);

  QueriesEndpoint(Community community, Waiting waiting) {
    this.community = community;
    this.waiting = waiting;
  }

  CompletableFuture<? extends Answer> ask(Call call) {
    QueryRequest request = request(call.body());
    return call.wantsStream() ? stream(request) : collect(request);
  }

  private static QueryRequest request(Body body) {
    String name = body.text("name");
    if (name.startsWith(INTERNAL)) {
      body.refuse("name", "must not begin with " + INTERNAL + ", as Serf's own questions do");
    }
    QueryRequest request =
        new QueryRequest(
            name,
            body.payload(),
            body.textsIfAny("nodes", MAX_NODES),
            body.namedTexts("tags", MAX_TAGS),
            body.flag("ack"),
            body.number("relay_factor", 0, 255, 0),
            body.time("timeout"));
    body.end();
    return request;
  }

  private CompletableFuture<EventStream> stream(QueryRequest request) {
    StreamedAnswers answers = new StreamedAnswers(waiting.streams()::wake);
    EventStream stream = waiting.streams().admit(answers);
    return community
        .query(request, answers)
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                stream.drop();
              }
            })
        .thenApply(sent -> stream);
  }

  private CompletableFuture<Reply> collect(QueryRequest request) {
    if (!places.tryAcquire()) {
      throw new ApiException(
          ProblemCode.BUSY, "Already " + MAX_OPEN + " wait for answers. Try again later.");
    }
    CollectedAnswers answers = new CollectedAnswers(waiting.executor());
    return community
        .query(request, answers)
        .thenCompose(sent -> answers.reply())
        .whenComplete((reply, failure) -> places.release());
  }

  CompletableFuture<Reply> answer(Call call) {
    String id = call.at("id");
    Bytes payload = call.body().payload();
    call.body().end();
    if (!community.answer(id, payload)) {
      throw new ApiException(
          ProblemCode.NOT_FOUND,
          "There is no such question, or it has been answered. Only the last 64 are kept.");
    }
    return CompletableFuture.completedFuture(Reply.json(Json.object().put("id", id)));
  }
}
