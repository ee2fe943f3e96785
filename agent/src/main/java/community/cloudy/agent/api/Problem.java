package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;

/**
 * An error as RFC 9457 has it.
 *
 * @param code its kind
 * @param detail for people: what happened and what to do
 * @param errors the parts of the request that are wrong; may be empty
 */
record Problem(ProblemCode code, String detail, List<Fault> errors) {
  Problem {
    errors = List.copyOf(errors);
  }

  static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of());
  }

  Reply reply() {
    return reply(Json.object());
  }

  /** Returns the answer with further fields, as RFC 9457 lets every type have. */
  Reply reply(ObjectNode more) {
    ObjectNode json = json().setAll(more);
    return new Reply(code.status(), "application/problem+json", Json.write(json));
  }

  /** Returns it as it stands in an answer. */
  ObjectNode json() {
    return json(code.word(), code.title(), code.status()).put("detail", detail).setAll(faults());
  }

  private ObjectNode faults() {
    ObjectNode object = Json.object();
    if (!errors.isEmpty()) {
      ArrayNode list = object.putArray("errors");
      errors.forEach(
          fault -> list.addObject().put(fault.where(), fault.name()).put("detail", fault.detail()));
    }
    return object;
  }

  static ObjectNode json(String word, String title, int status) {
    return Json.object()
        .put("type", "urn:cloudy:problem:" + word)
        .put("title", title)
        .put("status", status);
  }

  /**
   * One part of a request that is wrong.
   *
   * @param where {@code parameter} of the query, or {@code pointer} into the body
   * @param name the parameter's name, or a JSON pointer as a fragment
   * @param detail what is wrong with it
   */
  record Fault(String where, String name, String detail) {
    static Fault parameter(String name, String detail) {
      return new Fault("parameter", name, detail);
    }

    static Fault pointer(String name, String detail) {
      return new Fault("pointer", name, detail);
    }
  }
}
