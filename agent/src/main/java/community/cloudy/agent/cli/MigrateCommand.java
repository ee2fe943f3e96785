package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.migrate.Findings;
import community.cloudy.agent.migrate.Migration;
import community.cloudy.agent.migrate.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says in this agent's words how an older Cloudy was set. */
@Command(
    name = "migrate",
    description =
        "Reads how an older Cloudy and guifi.net's packages were set, and writes it as this"
            + " agent's configuration, with a report. Runs nothing of it and changes nothing.")
final class MigrateCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description = "Where etc lies (default: ${DEFAULT-VALUE}).",
      defaultValue = "/")
  private Path from = Path.of("/");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes the configuration there, if there is no such file yet.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--stacks",
      paramLabel = "FOLDER",
      description = "Writes a Compose file there for each container template and project.")
  private Optional<Path> stacks = Optional.empty();

  MigrateCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    Findings findings = Migration.of(from);
    out.ifPresent(file -> write(file, findings.yaml()));
    stacks.ifPresent(folder -> writeStacks(folder, findings.stacks()));
    if (cloudy.wantsJson()) {
      cloudy.printJson(json(findings));
      return;
    }
    if (out.isEmpty()) {
      cloudy.out().print(findings.yaml());
      cloudy.out().flush();
    }
    Table table = new Table("FILE", "KEY", "CARRIED", "WHAT");
    for (Findings.Note note : findings.notes()) {
      table.add(note.file(), note.key(), note.carried() ? "yes" : "no", note.what());
    }
    table.print(cloudy.err());
  }

  private static ObjectNode json(Findings findings) {
    ObjectNode json = Json.object().put("config", findings.yaml());
    ArrayNode notes = json.putArray("notes");
    for (Findings.Note note : findings.notes()) {
      notes
          .addObject()
          .put("file", note.file())
          .put("key", note.key())
          .put("carried", note.carried())
          .put("what", note.what());
    }
    return json;
  }

  private static void writeStacks(Path folder, Map<String, String> stacks) {
    stacks.forEach((name, text) -> write(folder.resolve(name + ".yaml"), text));
  }

  private static void write(Path file, String text) {
    try {
      new NewFile(file).write(text);
    } catch (IOException e) {
      throw new CliException(
          Cloudy.FAILED, "Could not write " + file + ": " + e.getMessage() + ". Name another.");
    }
  }
}
