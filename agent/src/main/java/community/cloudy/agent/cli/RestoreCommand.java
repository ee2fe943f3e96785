package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.backup.NodeRestore;
import community.cloudy.agent.backup.Saved;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes this box the node of a backup. */
@Command(
    name = "restore",
    description = {
      "Makes this box the node that `cloudy backup node` saved, while no agent runs here.",
      "All of the file is checked before; what was here is moved aside, not deleted."
    })
final class RestoreCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Where the node's configuration is (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/cloudy/cloudy.yaml")
  private Path config = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where its state is (default: ${DEFAULT-VALUE}).",
      defaultValue = "/var/lib/cloudy")
  private Path data = Path.of("");

  RestoreCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    try {
      NodeRestore restore = new NodeRestore(file, config, data);
      Saved saved = restore.restore();
      ObjectNode answer = Json.object().put("node", saved.node());
      answer.put("made", saved.made().toString());
      restore.aside().forEach(path -> answer.withArray("aside").add(path.toString()));
      cloudy.print(
          answer,
          "This box is the node %s as of %s. What was here is in files ending in .before-restore."
                  .formatted(saved.node(), saved.made())
              + " Start it: systemctl start cloudy. Never start it while the old box runs.");
    } catch (IOException e) {
      throw new CliException(
          Cloudy.FAILED,
          "Could not restore %s: %s. Nothing was changed."
              .formatted(file, String.valueOf(e.getMessage()).replaceFirst("\\.$", "")));
    }
  }
}
