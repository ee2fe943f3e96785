package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.stacks.ServiceState;
import community.cloudy.containers.stacks.Stack;
import community.cloudy.containers.stacks.Version;
import java.util.List;
import java.util.Locale;

/** Stacks as the API tells of them. */
final class StackJson {
  private StackJson() {}

  static ObjectNode of(Stack stack) {
    ObjectNode json =
        Json.object()
            .put("name", Printable.of(stack.name()))
            .put("managed", stack.managed())
            .put("desired", stack.up() ? "up" : "down")
            .put("state", state(stack))
            .put("version", stack.applied())
            .put("changed", stack.changed());
    stack.folder().ifPresent(folder -> json.put("folder", Printable.of(folder.toString())));
    if (!stack.problem().isEmpty()) {
      json.put("problem", Printable.of(stack.problem()));
    }
    ArrayNode services = json.putArray("services");
    stack.services().orElse(List.of()).forEach(service -> services.add(service(service)));
    return json;
  }

  /** Nothing is well without evidence: while no engine answers it is unknown. */
  private static String state(Stack stack) {
    if (stack.services().isEmpty()) {
      return "unknown";
    }
    List<ServiceState.State> states =
        stack.services().get().stream().map(ServiceState::state).toList();
    if (!stack.up()) {
      return states.stream().allMatch(s -> s == ServiceState.State.ABSENT) ? "down" : "stopped";
    }
    boolean failing =
        states.stream()
            .anyMatch(s -> s == ServiceState.State.FAILING || s == ServiceState.State.ABSENT);
    boolean starting = states.stream().anyMatch(s -> s == ServiceState.State.STARTING);
    return failing || states.isEmpty() ? "failing" : starting ? "starting" : "ok";
  }

  private static ObjectNode service(ServiceState service) {
    ObjectNode json =
        Json.object()
            .put("name", Printable.of(service.name()))
            .put("state", service.state().name().toLowerCase(Locale.ROOT));
    ArrayNode containers = json.putArray("containers");
    for (Container container : service.containers()) {
      containers
          .addObject()
          .put("id", container.id())
          .put("name", Printable.of(container.name()))
          .put("image", Printable.of(container.image()))
          .put("state", container.state().name().toLowerCase(Locale.ROOT))
          .put("status", Printable.of(container.status()))
          .put("health", container.health().state().name().toLowerCase(Locale.ROOT));
    }
    return json;
  }

  static ObjectNode version(Version version) {
    return Json.object()
        .put("version", version.number())
        .put("at", version.at().toString())
        .put("by", Printable.of(version.by()))
        .put("hash", version.hash())
        .put("outcome", Printable.of(version.outcome()));
  }

  static ObjectNode refusals(List<Refusal> refusals) {
    ObjectNode json = Json.object().put("allowed", refusals.isEmpty());
    ArrayNode list = json.putArray("refusals");
    for (Refusal refusal : refusals) {
      ObjectNode one = list.addObject().put("key", Printable.of(refusal.key()));
      if (!refusal.file().isEmpty()) {
        one.put("file", Printable.of(refusal.file()));
      }
      if (refusal.line() > 0) {
        one.put("line", refusal.line());
      }
      one.put("reason", Printable.of(refusal.reason()));
      one.put("remedy", Printable.of(refusal.remedy()));
    }
    return json;
  }

  static ObjectNode exceptions(Exceptions exceptions) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("exceptions");
    for (Exceptions.Granted granted : exceptions.granted()) {
      list.addObject()
          .put("exception", granted.grant().toString())
          .put("by", granted.by())
          .put("at", granted.at().toString());
    }
    return json;
  }
}
