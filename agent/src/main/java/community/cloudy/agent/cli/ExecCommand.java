package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a container. */
@Command(
    name = "exec",
    description = "Runs a command in a container, to its end; ends as it ended. For admins.")
final class ExecCommand implements Callable<Integer> {
  private final Cloudy cloudy;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait (default: 30s). It runs on when that is over.")
  private Optional<String> timeout = Optional.empty();

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id.")
  private String container = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "ARGUMENT", description = "What to run.")
  private List<String> command = new ArrayList<>();

  ExecCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public Integer call() {
    ObjectNode body = Json.object();
    command.forEach(body.putArray("command")::add);
    timeout.ifPresent(time -> body.put("timeout", time));
    String path = new RequestPath("/v1/containers").at(container) + "/exec";
    JsonNode result = cloudy.client().post(path, body);
    if (cloudy.wantsJson()) {
      cloudy.printJson(result);
    } else {
      result.path("stdout").asText().lines().forEach(line -> cloudy.out().println(shown(line)));
      result.path("stderr").asText().lines().forEach(line -> cloudy.err().println(shown(line)));
    }
    return result.path("exit_code").asInt();
  }

  private static String shown(String line) {
    return Printable.of(line);
  }
}
