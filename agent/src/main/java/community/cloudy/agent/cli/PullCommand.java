package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets an image. */
@Command(name = "pull", description = "Gets an image from its registry.")
final class PullCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(paramLabel = "IMAGE", description = "Such as 10.1.2.3:5000/garden/site:1.2.")
  private String image = "";

  @Option(names = "--force", description = "Even if the disk is nearly full.")
  private boolean force;

  PullCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("image", image).put("force", force);
    JsonNode job = new FollowedJob(cloudy).await(cloudy.client().post("/v1/images", body));
    cloudy.print(
        job, "Got " + image + ", " + Size.text(job.path("result").path("size").asLong()) + ".");
  }
}
