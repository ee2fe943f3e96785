package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gets an image. */
@Command(name = "pull", description = "Gets an image from its registry.")
final class PullCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(paramLabel = "IMAGE", description = "Such as 10.1.2.3:5000/garden/site:1.2.")
  private String image = "";

  PullCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode job =
        new FollowedJob(cloudy)
            .await(cloudy.client().post("/v1/images", Json.object().put("image", image)));
    cloudy.print(
        job, "Got " + image + ", " + Size.text(job.path("result").path("size").asLong()) + ".");
  }
}
