package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.events.Event;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What somebody needs who helps from afar, in one document that its owner can read before sending
 * it: what the node is, runs with, finds and has lately seen. It holds no secret, but names and
 * addresses of the community.
 */
final class SupportBundle {
  private static final int EVENTS = 200;

  private final Node node;
  private final Metrics metrics;

  SupportBundle(Node node) {
    this.node = node;
    metrics = new Metrics(node);
  }

  ObjectNode make(List<Finding> findings) {
    ObjectNode json = Json.object().put("made", node.clock().instant().toString());
    json.set("agent", Json.read(AgentEndpoint.answer(node).body().array()));
    json.set("runtime", runtime());
    json.set("config", ConfigJson.of(node.config()));
    json.set("checks", DoctorEndpoint.list(findings));
    ArrayNode members = json.putArray("members");
    node.community()
        .members()
        .forEach(
            member ->
                members
                    .addObject()
                    .put("name", member.name())
                    .put("status", member.status().text())
                    .put("address", member.endpoint().toString()));
    ArrayNode own = json.putArray("announcements");
    node.community().services().own().forEach(spec -> own.add(ServiceJson.said(spec)));
    ArrayNode events = json.putArray("events");
    EventLog log = node.events();
    List<Event> all = log.after(log.first(), Set.of(), EventLog.KEPT).events();
    all.subList(Math.max(0, all.size() - EVENTS), all.size())
        .forEach(event -> events.add(Json.read(event.json().getBytes(StandardCharsets.UTF_8))));
    return json.put("metrics", metrics.answer().body().toString());
  }

  private static ObjectNode runtime() {
    Runtime java = Runtime.getRuntime();
    return Json.object()
        .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("architecture", System.getProperty("os.arch"))
        .put("processors", java.availableProcessors())
        .put("heap_bytes", java.totalMemory() - java.freeMemory())
        .put("heap_max_bytes", java.maxMemory())
        .put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
