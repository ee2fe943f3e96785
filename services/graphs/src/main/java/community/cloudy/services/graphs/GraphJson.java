package community.cloudy.services.graphs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.ping.Pinger;
import community.cloudy.services.graphs.snmp.DeviceState;
import community.cloudy.services.graphs.snmp.Step;
import community.cloudy.services.graphs.watch.SourceState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Devices as the API tells of them. */
final class GraphJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GraphJson() {}

  static ObjectNode devices(Graphs graphs) {
    ObjectNode json = JSON.objectNode();
    ArrayNode list = json.putArray("devices");
    graphs.watch().inventory().all().forEach(device -> list.add(device(graphs, device)));
    ArrayNode sources = json.putArray("sources");
    graphs.watch().sources().forEach(source -> sources.add(source(source)));
    return json;
  }

  private static ObjectNode source(SourceState source) {
    ObjectNode json =
        JSON.objectNode()
            .put("name", source.name())
            .put("devices", source.devices())
            .put("skipped", source.skipped());
    source.read().ifPresent(read -> json.put("read", read.toString()));
    source.problem().ifPresent(problem -> json.put("problem", problem));
    return json;
  }

  static ObjectNode device(Graphs graphs, Device device) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", device.id())
            .put("title", device.title())
            .put("node", device.node());
    device.address().ifPresent(address -> json.put("address", address.getHostAddress()));
    device.credential().ifPresent(credential -> json.put("credential", credential));
    Optional<DeviceState> snmp = graphs.poller().state(device.id());
    snmp.ifPresent(state -> json.set("snmp", snmp(state)));
    graphs.pinger().state(device.id()).ifPresent(state -> json.set("ping", ping(state)));
    ArrayNode ports = json.putArray("ports");
    for (Port port : device.ports()) {
      ObjectNode one = ports.addObject().put("port", port.number()).put("title", port.title());
      port.name().ifPresent(name -> one.put("name", name));
      snmp.map(state -> state.traffic().get(port.number())).ifPresent(last -> rates(one, last));
    }
    return json;
  }

  private static void rates(ObjectNode json, Sample.Traffic last) {
    json.put("at", last.at().toString());
    if (Double.isFinite(last.in())) {
      json.put("in", last.in());
    }
    if (Double.isFinite(last.out())) {
      json.put("out", last.out());
    }
  }

  private static ObjectNode snmp(DeviceState state) {
    ObjectNode json =
        JSON.objectNode()
            .put("condition", state.condition().name().toLowerCase(Locale.ROOT))
            .put("since", state.since().toString())
            .put("why", state.why())
            .put("name", state.name())
            .put("found", state.found())
            .put("failures", state.failures());
    state.answered().ifPresent(answered -> json.put("answered", answered.toString()));
    return json.put("next", state.next().toString());
  }

  private static ObjectNode ping(Pinger.Reachability state) {
    ObjectNode json =
        JSON.objectNode()
            .put("up", state.up())
            .put("since", state.since().toString())
            .put("loss", state.last().loss());
    if (Double.isFinite(state.last().latency())) {
      json.put("latency", state.last().latency());
    }
    return json;
  }

  static ObjectNode steps(List<Step> steps) {
    ObjectNode json = JSON.objectNode();
    ArrayNode list = json.putArray("steps");
    steps.forEach(
        step ->
            list.addObject()
                .put("what", step.what())
                .put("ok", step.ok())
                .put("found", step.found()));
    return json;
  }
}
