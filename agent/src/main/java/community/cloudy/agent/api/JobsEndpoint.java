package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tells how far jobs are, and ends them. */
final class JobsEndpoint {
  static final Set<String> LIST_PARAMETERS = Set.of("state", "limit");
  static final Set<String> PARAMETERS = Set.of("wait");

  private final Jobs jobs;
  private final Watch watch;

  JobsEndpoint(Jobs jobs, Watch watch) {
    this.jobs = jobs;
    this.watch = watch;
  }

  CompletableFuture<Reply> list(Call call) {
    List<String> states = call.query().all("state");
    int limit = call.query().one("limit", Query.number(1, Jobs.KEPT)).orElse(Jobs.KEPT);
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("jobs");
    jobs.list().stream()
        .filter(job -> states.isEmpty() || states.contains(job.state().word()))
        .limit(limit)
        .forEach(job -> list.add(job.json()));
    return CompletableFuture.completedFuture(Reply.json(json));
  }

  CompletableFuture<Reply> one(Call call) {
    Duration wait = call.query().one("wait", Query::time).orElse(Duration.ZERO);
    String id = call.at("id");
    return watch.answer(() -> Reply.json(jobs.find(id).json()), call.knownEtag(), wait);
  }

  CompletableFuture<Reply> cancel(Call call) {
    call.body().end();
    return CompletableFuture.completedFuture(Reply.json(jobs.cancel(call.at("id")).json()));
  }
}
