package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A piece of long work as it stood at one moment.
 *
 * @param id by which callers find it
 * @param action what is done, in the words of the audit log
 * @param object what it is done to
 * @param by who asked for it
 * @param state how far it is
 * @param step what it is at, for people; may be empty
 * @param done how much of the step is done
 * @param total how much the step is; -1 where that is not known
 * @param begun when it was asked for
 * @param ended when it came to an end
 * @param result what it brought, once it is done
 * @param problem why it failed
 */
record Job(
    String id,
    String action,
    String object,
    String by,
    State state,
    String step,
    long done,
    long total,
    Instant begun,
    Optional<Instant> ended,
    ObjectNode result,
    Optional<Problem> problem) {

  /** How far a job is. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOver() {
      return this != WAITING && this != RUNNING;
    }
  }

  static Job asked(String id, String action, String object, String by, Instant now) {
    return new Job(
        id,
        action,
        object,
        by,
        State.WAITING,
        "",
        0,
        -1,
        now,
        Optional.empty(),
        Json.object(),
        Optional.empty());
  }

  Job running() {
    return with(State.RUNNING, step, done, total);
  }

  Job at(String nextStep, long nextDone, long nextTotal) {
    return with(state, nextStep, nextDone, nextTotal);
  }

  private Job with(State nextState, String nextStep, long nextDone, long nextTotal) {
    return new Job(
        id, action, object, by, nextState, nextStep, nextDone, nextTotal, begun, ended, result,
        problem);
  }

  Job over(State end, ObjectNode brought, Optional<Problem> why, Instant now) {
    return new Job(
        id, action, object, by, end, step, done, total, begun, Optional.of(now), brought, why);
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("action", action)
            .put("object", object)
            .put("by", by)
            .put("state", state.word())
            .put("step", step)
            .put("done", done);
    if (total >= 0) {
      json.put("total", total);
    }
    json.put("begun", begun.toString());
    ended.ifPresent(when -> json.put("ended", when.toString()));
    if (state == State.DONE) {
      json.set("result", result);
    }
    problem.ifPresent(why -> json.set("problem", why.json()));
    return json;
  }
}
