package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and removes volumes. */
@Command(
    name = "volumes",
    description = "Lists the volumes of containers.",
    synopsisSubcommandLabel = "[rm]")
final class VolumesCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = {"-s", "--size"},
      description = "Tells how large they are, which takes longer.")
  private boolean size;

  VolumesCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().get("/v1/volumes");
    if (cloudy.wantsJson() && !size) {
      cloudy.printJson(answer);
      return;
    }
    JsonNode usage = size ? cloudy.client().get("/v1/engine/usage") : Json.object();
    if (cloudy.wantsJson()) {
      cloudy.printJson(usage);
      return;
    }
    Table table = new Table("NAME", "DRIVER", "SIZE");
    for (JsonNode volume : answer.path("volumes")) {
      String name = volume.path("name").asText();
      JsonNode bytes = usage.path("volumes").path(name);
      table.add(
          name,
          volume.path("driver").asText(),
          bytes.isMissingNode() ? "-" : Size.text(bytes.asLong()));
    }
    table.print(cloudy.out());
  }

  @Command(name = "rm", description = "Removes a volume with all that is in it. For admins.")
  void remove(@Parameters(paramLabel = "VOLUME", description = "Its name.") String name) {
    String path = new RequestPath("/v1/volumes").at(name).toString();
    cloudy.print(cloudy.client().delete(path), "Removed " + name + ".");
  }
}
