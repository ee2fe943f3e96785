package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.backup.NodeBackup;
import community.cloudy.agent.backup.Saved;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves and restores stacks, and saves the node. */
@Command(
    name = "backup",
    description = "Saves stacks with their data, and restores them; saves the node.",
    synopsisSubcommandLabel = "COMMAND")
final class BackupCommand implements Runnable {
  private static final String PATH = "/v1/backups";
  private static final String SCHEDULES = "/v1/backup-schedules";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  BackupCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy backup ls, for one");
  }

  private static String path(String id) {
    return new RequestPath(PATH).at(id).toString();
  }

  @Command(name = "ls", description = "Lists the backups, the newest first.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("ID", "STACK", "MADE", "SIZE");
    for (JsonNode saved : answer.path("backups")) {
      table.add(
          saved.path("id").asText(),
          saved.path("stack").asText(),
          saved.path("made").asText(),
          (saved.path("size").asLong() >> 10) + " KiB");
    }
    table.print(cloudy.out());
  }

  @Command(name = "show", description = "Shows what a backup holds.")
  void show(@Parameters(paramLabel = "ID") String id) {
    JsonNode saved = cloudy.client().get(path(id));
    if (cloudy.wantsJson()) {
      cloudy.printJson(saved);
      return;
    }
    Table table = new Table("WHAT", "SIZE", "SHA-256");
    for (JsonNode file : saved.path("files")) {
      table.add(file.path("name").asText(), file.path("size").asText(), "");
    }
    for (JsonNode volume : saved.path("data")) {
      table.add(
          "volume " + volume.path("volume").asText(),
          volume.path("size").asText(),
          volume.path("sha256").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "create", description = "Saves a stack; it stands still meanwhile.")
  void create(@Parameters(paramLabel = "STACK") String stack) {
    JsonNode answer = cloudy.client().post(PATH, Json.object().put("stack", stack));
    JsonNode job = new FollowedJob(cloudy).await(answer);
    cloudy.print(job, "Saved as " + job.path("result").path("id").asText() + ".");
  }

  @Command(
      name = "restore",
      description = "Makes the stack of a backup anew. All of it is checked before.")
  void restore(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--as", paramLabel = "STACK", description = "Another name.")
          Optional<String> as,
      @Option(
              names = "--replace",
              description = "Replaces the stack that is there; that is saved first.")
          boolean replace) {
    ObjectNode body = Json.object();
    as.ifPresent(name -> body.put("as", name));
    if (replace) {
      body.put("replace", true);
    }
    JsonNode job = new FollowedJob(cloudy).await(cloudy.client().post(path(id) + "/restore", body));
    cloudy.print(job, "The backup " + id + " is restored.");
  }

  @Command(
      name = "node",
      description = {
        "Saves what makes this node the node it is: configuration, keys, people, catalogue, stacks'"
            + " files and what modules keep. Not the data of stacks, and not what is too large.",
        "`cloudy restore` makes a box that node."
      })
  void node(
      @Parameters(
              paramLabel = "FILE",
              description = "A new file, cloudy-attic.tar.gz for one. It holds keys: keep it safe.")
          Path file,
      @Mixin ConfigOptions config) {
    try {
      AgentConfig read = config.files().load();
      Saved saved = NodeBackup.of(read, config.files().main(), cloudy.version(), Clock.systemUTC());
      long files = NodeBackup.write(read, saved, file);
      cloudy.print(
          Json.object().put("node", saved.node()).put("files", files).put("file", file.toString()),
          "Saved %s in %s (%d files). It holds keys and passwords: keep it where only you can read."
              .formatted(saved.node(), file, files));
    } catch (FileAlreadyExistsException e) {
      throw new CliException(
          Cloudy.WRONG_USE, "Could not save: " + file + " exists. Name a new file.");
    } catch (AccessDeniedException e) {
      throw new CliException(
          Cloudy.FAILED, "Could not save: no access to " + e.getMessage() + ". Run this as root.");
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not save: " + e.getMessage() + ".");
    }
  }

  @Command(name = "rm", description = "Deletes a backup.")
  void remove(@Parameters(paramLabel = "ID") String id) {
    cloudy.print(cloudy.client().delete(path(id)), "The backup " + id + " is gone.");
  }

  @Command(name = "schedules", description = "Lists when stacks are saved by themselves.")
  void schedules() {
    JsonNode answer = cloudy.client().get(SCHEDULES);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("STACK", "DAY", "AT", "KEPT (DAYS/WEEKS/MONTHS)", "LAST", "PROBLEM");
    for (JsonNode schedule : answer.path("schedules")) {
      table.add(
          schedule.path("stack").asText(),
          schedule.path("day").asText("every day"),
          schedule.path("at").asText(),
          schedule.path("daily").asText()
              + "/"
              + schedule.path("weekly").asText()
              + "/"
              + schedule.path("monthly").asText(),
          schedule.path("last").asText(),
          schedule.path("problem").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "schedule", description = "Saves a stack by itself, every day or week.")
  void schedule(
      @Parameters(paramLabel = "STACK") String stack,
      @Option(names = "--at", paramLabel = "HH:MM", required = true) String at,
      @Option(names = "--day", paramLabel = "DAY", description = "sunday, for one.")
          Optional<String> day,
      @Option(names = "--daily", paramLabel = "N") Optional<Integer> daily,
      @Option(names = "--weekly", paramLabel = "N") Optional<Integer> weekly,
      @Option(names = "--monthly", paramLabel = "N") Optional<Integer> monthly) {
    ObjectNode body = Json.object().put("at", at);
    day.ifPresent(name -> body.put("day", name));
    daily.ifPresent(number -> body.put("daily", number));
    weekly.ifPresent(number -> body.put("weekly", number));
    monthly.ifPresent(number -> body.put("monthly", number));
    JsonNode answer = cloudy.client().put(new RequestPath(SCHEDULES).at(stack).toString(), body);
    cloudy.print(answer, "The stack " + stack + " is saved at " + at + ".");
  }

  @Command(name = "unschedule", description = "Ends that; what was saved stays.")
  void unschedule(@Parameters(paramLabel = "STACK") String stack) {
    JsonNode answer = cloudy.client().delete(new RequestPath(SCHEDULES).at(stack).toString());
    cloudy.print(answer, "The stack " + stack + " is not saved by itself any more.");
  }
}
