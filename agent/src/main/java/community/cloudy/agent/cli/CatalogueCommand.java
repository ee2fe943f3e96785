package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppException;
import community.cloudy.containers.apps.AppFolder;
import community.cloudy.containers.apps.CasaosApp;
import community.cloudy.containers.apps.CatalogueSigner;
import community.cloudy.containers.apps.Imported;
import community.cloudy.containers.apps.LegacyTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps this node's catalogues of apps, and makes ones for others. */
@Command(
    name = "catalogue",
    description = "Keeps catalogues of apps, and makes and signs new ones.",
    synopsisSubcommandLabel = "COMMAND")
final class CatalogueCommand implements Runnable {
  private static final String PATH = "/v1/catalogues";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  CatalogueCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy catalogue ls, for one");
  }

  @Command(name = "ls", description = "Lists the catalogues of this node.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NAME", "VERSION", "EXPIRES", "APPS", "SOURCE");
    for (JsonNode one : answer.path("catalogues")) {
      table.add(
          one.path("name").asText(),
          one.path("version").asText(),
          one.path("expires").asText(),
          one.path("apps").asText(),
          one.path("source").asText());
    }
    table.print(cloudy.out());
  }

  @Command(name = "add", description = "Takes over a signed catalogue.")
  void add(
      @Parameters(paramLabel = "SOURCE", description = "An address, or a folder of the node.")
          String source) {
    JsonNode answer = cloudy.client().post(PATH, Json.object().put("source", source));
    taken(new FollowedJob(cloudy).await(answer));
  }

  @Command(name = "refresh", description = "Looks for a newer version of a catalogue.")
  void refresh(@Parameters(paramLabel = "NAME") String name) {
    String path = new RequestPath(PATH).at(name) + "/refresh";
    taken(new FollowedJob(cloudy).await(cloudy.client().post(path, Json.object())));
  }

  private void taken(JsonNode job) {
    JsonNode result = job.path("result");
    cloudy.print(
        job,
        "The catalogue %s is here, version %s, with %s apps."
            .formatted(
                result.path("name").asText(),
                result.path("version").asText(),
                result.path("apps").asText()));
  }

  @Command(name = "rm", description = "Forgets a catalogue; what was installed from it stays.")
  void remove(@Parameters(paramLabel = "NAME") String name) {
    JsonNode answer = cloudy.client().delete(new RequestPath(PATH).at(name).toString());
    cloudy.print(answer, "The catalogue " + name + " is gone.");
  }

  @Command(name = "check", description = "Says what is wrong with the app in a folder.")
  void check(@Parameters(paramLabel = "FOLDER") Path folder) {
    App app = local(() -> AppFolder.read(folder).app());
    cloudy.out().println("The app " + app.id() + " " + app.version() + " is sound.");
  }

  @Command(
      name = "import",
      description = "Makes an app of a template of the first Cloudy or a file with x-casaos.")
  void importTemplate(
      @Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "FOLDER") Path folder) {
    String text = local(() -> Files.readString(file));
    Imported imported =
        local(() -> text.contains("x-casaos") ? CasaosApp.read(text) : LegacyTemplate.read(text));
    local(
        () -> {
          Files.createDirectories(folder);
          for (Map.Entry<String, byte[]> one : imported.folder().files().entrySet()) {
            // What somebody has written there already is not ours to replace.
            Files.write(
                folder.resolve(one.getKey()), one.getValue(), StandardOpenOption.CREATE_NEW);
          }
          return folder;
        });
    imported.notes().forEach(note -> cloudy.err().println(note));
    cloudy.out().println("The app is in " + folder + ". Read it before you sign or install it.");
  }

  @Command(name = "key", description = "Makes a key to sign with, and prints its public half.")
  void key(@Parameters(paramLabel = "FILE") Path file) {
    cloudy.out().println(local(() -> SigningKey.create(file)));
  }

  @Command(name = "sign", description = "Lists and signs the apps in a folder's folders.")
  void sign(
      @Parameters(paramLabel = "FOLDER") Path folder,
      @Option(names = "--key", paramLabel = "FILE", required = true) Path key,
      @Option(names = "--name", paramLabel = "NAME", required = true) String name,
      @Option(
              names = "--version",
              paramLabel = "NUMBER",
              required = true,
              description = "Higher than that of the last time.")
          long version,
      @Option(
              names = "--days",
              paramLabel = "NUMBER",
              defaultValue = "90",
              description = "How long it holds (default: ${DEFAULT-VALUE}).")
          int days) {
    local(
        () -> {
          Instant expires = Instant.now().plus(Duration.ofDays(days));
          CatalogueSigner.sign(folder, name, version, expires, SigningKey.read(key));
          return folder;
        });
    cloudy.out().println("The catalogue " + name + " is signed, version " + version + ".");
  }

  /** Work on files of whoever runs this. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T local(Work<T> work) {
    try {
      return work.run();
    } catch (AppException e) {
      throw new CliException(Cloudy.FAILED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not do that: " + e + ".");
    }
  }
}
