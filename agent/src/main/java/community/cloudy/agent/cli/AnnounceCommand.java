package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Announces a service of this node. */
@Command(
    name = "announce",
    description = {
      "Announces a service of this node to the community, for good, and checks that it works.",
      "Announcing it again changes it."
    })
final class AnnounceCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description = "The kind of service, such as website, proxy3 or syncthing.")
  private String type = "";

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "For people.")
  private String name = "";

  @Option(names = "--port", required = true, paramLabel = "PORT", description = "Where it answers.")
  private int port;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description = "What it speaks: http, https, tcp (default), udp, or another URI scheme.")
  private String scheme = "tcp";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where it answers, if not at the node's own address.")
  private String host = "";

  @Option(names = "--path", paramLabel = "/PATH", description = "What follows in its URL.")
  private String path = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private String description = "";

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description = "A detail for programs. May be repeated.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Tells it from the node's other services (default: made of type and name).")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--check",
      paramLabel = "KIND",
      description =
          "How it is checked: http, https, tcp, udp, dns, pushed or none (default: as the scheme"
              + " says).")
  private Optional<String> check = Optional.empty();

  @Option(names = "--check-name", paramLabel = "DOMAIN", description = "What a dns check asks for.")
  private Optional<String> checkName = Optional.empty();

  @Option(
      names = "--check-interval",
      paramLabel = "TIME",
      description = "How often it is checked, such as 30s (default: 10s).")
  private Optional<String> interval = Optional.empty();

  AnnounceCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().post("/v1/announcements", body());
    cloudy.print(answer, "Announced as " + answer.path("id").asText() + ".");
  }

  private ObjectNode body() {
    ObjectNode body =
        Json.object()
            .put("type", type)
            .put("name", name)
            .put("description", description)
            .put("replace", true);
    id.ifPresent(wanted -> body.put("id", wanted));
    body.putArray("endpoints")
        .addObject()
        .put("scheme", scheme)
        .put("host", host)
        .put("port", port)
        .put("path", path);
    attributes.forEach(body.putObject("attributes")::put);
    if (check.isPresent() || interval.isPresent()) {
      ObjectNode plan = body.putObject("check");
      check.ifPresent(kind -> plan.put("kind", kind));
      checkName.ifPresent(domain -> plan.put("name", domain));
      interval.ifPresent(time -> plan.put("interval", time));
      if (!path.isEmpty()) {
        plan.put("path", path);
      }
    }
    return body;
  }
}
