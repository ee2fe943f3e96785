package community.cloudy.agent.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a Compose file of a template of one container. */
record LegacyTemplate(String file, Findings findings) {
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/:@-]{0,250}");
  private static final Pattern PORTS =
      Pattern.compile("([0-9]{1,5}):([0-9]{1,5}(?:/(?:tcp|udp))?)");
  private static final int MAX_ENTRIES = 50;

  void read(String text) {
    JsonNode json;
    try {
      json = Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      findings.leave(file, "", "is no JSON");
      return;
    }
    String name =
        json.path("appname").asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    name = name.replaceAll("^-+", "");
    name = name.substring(0, Math.min(40, name.length())).replaceAll("-+$", "");
    String[] image = json.path("image").asText().strip().split("\\s+", 2);
    if (name.isEmpty() || !IMAGE.matcher(image[0]).matches()) {
      findings.leave(file, "", "has no name or image that can be used");
      return;
    }
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("image", image[0]);
    service.put("restart", "unless-stopped");
    if (image.length > 1) {
      service.put("command", List.of(image[1].split("\\s+")));
    }
    put(service, "ports", ports(json.path("ports")));
    put(service, "environment", pairs(json.path("options"), "="));
    put(service, "volumes", pairs(json.path("volumes"), ":"));
    findings.stack(file, name, Findings.yaml(Map.of("services", Map.of("app", service))));
    leave(json, "misc", "set what it means in the Compose file by hand");
    leave(json, "links", "put the other container into the same Compose file");
    leave(json, "arch", "images tell it themselves");
  }

  private void leave(JsonNode json, String key, String why) {
    JsonNode value = json.path(key);
    if (value.isContainerNode() ? !value.isEmpty() : !value.asText("").isEmpty()) {
      findings.leave(file, key, why);
    }
  }

  private static void put(Map<String, Object> service, String key, List<String> values) {
    if (!values.isEmpty()) {
      service.put(key, values);
    }
  }

  /** Written as a map, or by people as {@code 8080:80, 3000:3000}. */
  private List<String> ports(JsonNode ports) {
    if (ports.isObject()) {
      return pairs(ports, ":").stream().filter(p -> PORTS.matcher(p).matches()).toList();
    }
    List<String> found = new ArrayList<>();
    for (String port : ports.asText().split("[,\\s]+", -1)) {
      Matcher matcher = PORTS.matcher(port);
      if (matcher.matches() && found.size() < MAX_ENTRIES) {
        found.add(port);
      } else if (!port.isEmpty()) {
        findings.leave(file, "ports", "has one that is not understood");
      }
    }
    return found;
  }

  /** A dollar sign is Compose's for variables unless it is doubled. */
  private static List<String> pairs(JsonNode map, String between) {
    List<String> pairs = new ArrayList<>();
    map.properties().stream()
        .limit(MAX_ENTRIES)
        .filter(entry -> entry.getValue().isValueNode())
        .forEach(
            entry ->
                pairs.add(
                    (entry.getKey() + between + entry.getValue().asText()).replace("$", "$$")));
    return pairs;
  }
}
