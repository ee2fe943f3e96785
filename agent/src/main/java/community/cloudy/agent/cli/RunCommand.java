package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a single container. */
@Command(
    name = "run",
    description = "Runs a container under this node's policy; gets its image if it is not here.")
final class RunCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "PORT:PORT",
      description = "A port of the node and the container's, as 8080:80. May be repeated.")
  private List<String> ports = new ArrayList<>();

  @Option(
      names = {"-v", "--volume"},
      paramLabel = "VOLUME:PATH",
      description = "A volume, whose name begins with NAME_, and where it is. May be repeated.")
  private List<String> volumes = new ArrayList<>();

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "A variable. May be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "May be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--network", paramLabel = "NETWORK", description = "Another network.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--restart",
      paramLabel = "POLICY",
      description = "no, on-failure, unless-stopped or always.")
  private Optional<String> restart = Optional.empty();

  @Option(names = "--memory-mb", paramLabel = "MB", description = "Its memory.")
  private Optional<Integer> memory = Optional.empty();

  @Option(names = "--cap-add", paramLabel = "CAP", description = "A capability.")
  private List<String> capabilities = new ArrayList<>();

  @Option(names = "--device", paramLabel = "PATH", description = "A device.")
  private List<String> devices = new ArrayList<>();

  @Option(names = "--force", description = "Gets the image even if the disk is nearly full.")
  private boolean force;

  @Option(names = "--privileged", description = "The whole machine.")
  private boolean privileged;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "From what.")
  private String image = "";

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What it runs.")
  private List<String> command = new ArrayList<>();

  RunCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("name", name).put("image", image);
    if (force) {
      body.put("force", true);
    }
    put(body, "command", command);
    put(body, "ports", ports);
    put(body, "volumes", volumes);
    put(body, "cap_add", capabilities);
    put(body, "devices", devices);
    put(body, "environment", environment);
    put(body, "labels", labels);
    network.ifPresent(text -> body.put("network", text));
    restart.ifPresent(text -> body.put("restart", text));
    memory.ifPresent(megabytes -> body.put("memory_mb", megabytes));
    if (privileged) {
      body.put("privileged", true);
    }
    JsonNode job = new FollowedJob(cloudy).await(cloudy.client().post("/v1/containers", body));
    cloudy.print(job, job.path("result").path("id").asText());
  }

  private static void put(ObjectNode body, String key, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode list = body.putArray(key);
      values.forEach(list::add);
    }
  }

  private static void put(ObjectNode body, String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = body.putObject(key);
      values.forEach(object::put);
    }
  }
}
