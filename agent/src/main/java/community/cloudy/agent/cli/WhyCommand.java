package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a service's state. */
@Command(
    name = "why",
    description = "Explains why a service is listed, hidden, unknown or not verified.")
final class WhyCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(paramLabel = "SERVICE", description = "Its name, its id, or NODE/ID.")
  private String service = "";

  WhyCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ApiClient client = cloudy.client();
    ArrayNode found = Json.array();
    for (JsonNode one :
        client
            .get(new RequestPath("/v1/services").with("hidden", List.of("true")).toString())
            .path("services")) {
      if (isMeant(one)) {
        String path =
            new RequestPath("/v1/services")
                .at(one.path("node").asText())
                .at(one.path("id").asText())
                .toString();
        found.add(client.get(path));
      }
    }
    if (found.isEmpty()) {
      throw new CliException(
          Cloudy.FAILED,
          "Nobody announces " + service + ". cloudy services --hidden lists everything known.");
    }
    if (cloudy.wantsJson()) {
      cloudy.printJson(found);
      return;
    }
    found.forEach(this::explain);
  }

  private boolean isMeant(JsonNode one) {
    String id = one.path("id").asText();
    return service.equals(id)
        || service.equals(one.path("name").asText())
        || service.equals(one.path("node").asText() + "/" + id);
  }

  private void explain(JsonNode one) {
    cloudy
        .out()
        .println(
            Printable.of(
                "%s/%s  %s  %s, last word %s s ago"
                    .formatted(
                        one.path("node").asText(),
                        one.path("id").asText(),
                        one.path("name").asText(),
                        one.path("health").path("state").asText(),
                        one.path("age_seconds").asText())));
    for (JsonNode reason : one.path("reasons")) {
      cloudy.out().println(Printable.of("  " + reason.asText()));
    }
    if (one.path("trust").asText().equals("own")) {
      JsonNode own =
          cloudy
              .client()
              .get(new RequestPath("/v1/announcements").at(one.path("id").asText()).toString());
      cloudy.out().println(Printable.of("  " + check(own)));
    }
  }

  private static String check(JsonNode own) {
    String legacy =
        own.path("legacy_nodes_see_it").asBoolean()
            ? ""
            : " The tag for legacy nodes has no room for it.";
    if (!own.has("check")) {
      return "It is not checked." + legacy;
    }
    JsonNode last = own.path("last_result");
    String evidence = last.path("evidence").asText();
    String result =
        last.isMissingNode()
            ? "no result yet"
            : "last result %s%s, %s in a row"
                .formatted(
                    last.path("state").asText(),
                    evidence.isEmpty() ? "" : ": " + evidence,
                    last.path("in_a_row").asText());
    return "Checked by %s every %s; %s.%s"
        .formatted(
            own.path("check").path("kind").asText(),
            own.path("check").path("interval").asText(),
            result,
            legacy);
  }
}
