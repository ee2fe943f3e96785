package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and removes images. */
@Command(
    name = "images",
    description = "Lists the images that are here.",
    synopsisSubcommandLabel = "[rm|prune]")
final class ImagesCommand implements Runnable {
  private static final String PATH = "/v1/images";

  private final Cloudy cloudy;

  ImagesCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("IMAGE", "ID", "SIZE", "CREATED");
    for (JsonNode image : answer.path("images")) {
      String id = image.path("id").asText().replaceFirst("^sha256:", "");
      table.add(
          image.path("tags").path(0).asText("-"),
          id.substring(0, Math.min(12, id.length())),
          Size.text(image.path("size").asLong()),
          image.path("created").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "rm", description = "Takes a name away from an image; the last one removes it.")
  void remove(
      @Parameters(paramLabel = "IMAGE", description = "Its name or id.") String image,
      @Option(
              names = {"-f", "--force"},
              description = "Also if a stopped container needs it.")
          boolean force) {
    cloudy.print(
        cloudy.client().delete(PATH, Json.object().put("image", image).put("force", force)),
        "Removed " + image + ".");
  }

  @Command(
      name = "prune",
      description = "Removes images that no container uses; volumes are never touched.")
  void prune(
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "30",
              description = "How long they must have been here (default: ${DEFAULT-VALUE}).")
          int days) {
    JsonNode job =
        new FollowedJob(cloudy)
            .await(cloudy.client().post(PATH + "/prune", Json.object().put("unused_for", days)));
    JsonNode result = job.path("result");
    cloudy.print(
        job,
        "Removed %d images, %s."
            .formatted(result.path("images").size(), Size.text(result.path("bytes").asLong())));
  }
}
