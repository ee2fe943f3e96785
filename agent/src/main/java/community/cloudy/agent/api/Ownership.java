package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.containers.Adopted;
import community.cloudy.containers.Containers;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.policy.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which containers are this node's, and why others cannot be. */
final class Ownership {
  private final ContainerHost host;
  private final Map<String, Boolean> stacks = new HashMap<>();

  Ownership(ContainerHost host) {
    this.host = host;
  }

  /** Adds whose it is. */
  ObjectNode tell(ObjectNode json, Container container) {
    Optional<Adopted.Entry> adopted = host.adopted().get(container.id());
    json.put("managed", adopted.isPresent() || isMade(container));
    adopted.ifPresent(entry -> json.put("desired", entry.up() ? "up" : "down"));
    return json;
  }

  /** Adds that, and what the policy refuses of a single container of others. */
  ObjectNode tell(ObjectNode json, ContainerDetail detail) {
    tell(json, detail.summary());
    boolean single = !detail.summary().labels().containsKey(ComposeLabels.PROJECT);
    if (single && !json.path("managed").asBoolean()) {
      List<Refusal> refusals = host.adopted().refusals(detail);
      json.set("refusals", StackJson.refusals(refusals).path("refusals"));
    }
    return json;
  }

  private boolean isMade(Container container) {
    String project = container.labels().getOrDefault(ComposeLabels.PROJECT, "");
    return container.labels().containsKey(Containers.LABEL)
        || (!project.isEmpty()
            && stacks.computeIfAbsent(project, name -> host.stacks().keeps(name)));
  }
}
