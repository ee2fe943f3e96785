package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for what is wrong with the node. */
@Command(
    name = "doctor",
    description = "Looks for what is wrong with the node; ends with 1 if something is.")
final class DoctorCommand implements Callable<Integer> {
  private final Cloudy cloudy;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "Also writes a new file for whoever helps you: configuration without secrets, checks,"
              + " members, events and figures.")
  private Optional<Path> bundle = Optional.empty();

  DoctorCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public Integer call() {
    bundle.ifPresent(this::write);
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

  private void write(Path file) {
    byte[] text = Json.pretty(cloudy.client().get("/v1/doctor/bundle"));
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, text);
    } catch (FileAlreadyExistsException e) {
      throw new CliException(
          Cloudy.WRONG_USE, "Could not write the bundle: " + file + " exists. Name a new file.");
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not write the bundle: " + e.getMessage() + ".");
    }
  }
}
