package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks for what is wrong with the node. */
@Command(
    name = "doctor",
    description = "Looks for what is wrong with the node; ends with 1 if something is.")
final class DoctorCommand implements Callable<Integer> {
  private final Cloudy cloudy;

  DoctorCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public Integer call() {
    JsonNode answer = cloudy.client().get("/v1/doctor");
    boolean failing = false;
    Table table = new Table("CHECK", "STATE", "EVIDENCE", "REMEDY");
    for (JsonNode check : answer.path("checks")) {
      failing |= check.path("state").asText().equals("failing");
      table.add(
          check.path("name").asText(),
          check.path("state").asText(),
          check.path("evidence").asText(),
          check.path("remedy").asText());
    }
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      table.print(cloudy.out());
    }
    return failing ? Cloudy.FAILED : 0;
  }
}
