package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ContainerHealth;
import community.cloudy.containers.engine.Image;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Network;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.containers.engine.Stats;
import community.cloudy.containers.engine.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The engine's records as JSON. */
final class ContainerJson {
  private ContainerJson() {}

  static ObjectNode container(Container container) {
    ObjectNode json =
        Json.object()
            .put("id", container.id())
            .put("name", container.name())
            .put("image", container.image())
            .put("state", word(container.state()))
            .put("status", container.status());
    if (container.health().state() != ContainerHealth.State.NONE) {
      json.put("health", word(container.health().state()));
    }
    json.put("created", container.created().toString());
    ArrayNode ports = json.putArray("ports");
    container.ports().forEach(port -> ports.add(port(port)));
    texts(json, "networks", container.networks());
    texts(json, "labels", container.labels());
    return json;
  }

  private static ObjectNode port(PublishedPort port) {
    return Json.object()
        .put("address", port.address())
        .put("port", port.port())
        .put("container_port", port.containerPort())
        .put("protocol", port.protocol().text());
  }

  /** Names the variables, whose values may be secret. */
  static ObjectNode detail(ContainerDetail detail) {
    ObjectNode json = container(detail.summary()).put("image_id", detail.summary().imageId());
    String output = detail.summary().health().output();
    if (!output.isEmpty()) {
      json.put("health_output", output);
    }
    texts(json, "entrypoint", detail.program().entrypoint());
    texts(json, "command", detail.program().command());
    texts(json, "variables", List.copyOf(new TreeSet<>(detail.program().environment().keySet())));
    detail.program().user().ifPresent(user -> json.put("user", user));
    json.put("tty", detail.program().tty());
    detail.startedAt().ifPresent(at -> json.put("started", at.toString()));
    detail.finishedAt().ifPresent(at -> json.put("finished", at.toString()));
    json.put("exit_code", detail.exitCode())
        .put("out_of_memory", detail.oomKilled())
        .put("restarts", detail.restarts());
    if (!detail.error().isEmpty()) {
      json.put("error", detail.error());
    }
    ArrayNode mounts = json.putArray("mounts");
    detail.mounts().forEach(mount -> mounts.add(mount(mount)));
    texts(json, "addresses", detail.addresses());
    json.set("host_config", tree(detail.hostConfig()));
    return json;
  }

  private static JsonNode tree(Object value) {
    if (value instanceof Map<?, ?> entries) {
      ObjectNode json = Json.object();
      entries.forEach((key, item) -> json.set(key.toString(), tree(item)));
      return json;
    }
    if (value instanceof List<?> items) {
      ArrayNode json = Json.array();
      items.forEach(item -> json.add(tree(item)));
      return json;
    }
    if (value instanceof Boolean flag) {
      return BooleanNode.valueOf(flag);
    }
    return value instanceof Number number
        ? LongNode.valueOf(number.longValue())
        : TextNode.valueOf(value.toString());
  }

  private static ObjectNode mount(Mount mount) {
    return Json.object()
        .put("kind", word(mount.kind()))
        .put("source", mount.source())
        .put("target", mount.target())
        .put("read_only", mount.readOnly());
  }

  static ObjectNode image(Image image) {
    ObjectNode json = Json.object().put("id", image.id());
    texts(json, "tags", image.tags());
    texts(json, "digests", image.digests());
    return json.put("created", image.created().toString()).put("size", image.size());
  }

  static ObjectNode volume(Volume volume) {
    ObjectNode json = Json.object().put("name", volume.name()).put("driver", volume.driver());
    texts(json, "labels", volume.labels());
    texts(json, "options", volume.options());
    return json;
  }

  static ObjectNode network(Network network) {
    ObjectNode json =
        Json.object()
            .put("id", network.id())
            .put("name", network.name())
            .put("driver", network.driver())
            .put("internal", network.internal());
    texts(json, "subnets", network.subnets());
    texts(json, "labels", network.labels());
    return json;
  }

  static ObjectNode stats(Stats stats) {
    return Json.object()
        .put("at", stats.at().toString())
        .put("cpu_percent", Math.round(stats.cpuPercent() * 100) / 100.0)
        .put("memory", stats.memory())
        .put("memory_limit", stats.memoryLimit())
        .put("pids", stats.pids())
        .put("received", stats.received())
        .put("sent", stats.sent())
        .put("read", stats.read())
        .put("written", stats.written());
  }

  static void texts(ObjectNode json, String name, List<String> texts) {
    ArrayNode list = json.putArray(name);
    texts.forEach(list::add);
  }

  private static void texts(ObjectNode json, String name, Map<String, String> texts) {
    ObjectNode map = json.putObject(name);
    new TreeMap<>(texts).forEach(map::put);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
