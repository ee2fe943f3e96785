package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the web proxy. */
@Command(
    name = "proxy",
    description = "Looks after this node's web proxy.",
    synopsisSubcommandLabel = "[status|stats|people|test|federation]")
final class ProxyCommand implements Runnable {
  private static final String PATH = "/v1/modules/squid";
  private static final int MAX_LIST = 60_000;

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  ProxyCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy proxy status, for one");
  }

  @Command(name = "status", description = "Tells how the proxy is, and why.")
  void status() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("FACT", "VALUE");
    table.add("phase", answer.path("phase").asText());
    table.add("health", answer.path("health").asText());
    table.add("evidence", answer.path("evidence").asText());
    answer
        .path("facts")
        .properties()
        .forEach(fact -> table.add(fact.getKey(), fact.getValue().asText()));
    table.print(cloudy.out());
  }

  @Command(name = "stats", description = "Tells what went through the proxy, all people together.")
  void statistics() {
    JsonNode answer = cloudy.client().get(PATH + "/statistics");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("REQUESTS", "HITS", "HIT RATIO", "DENIED", "BYTES");
    JsonNode traffic = answer.path("traffic");
    table.add(
        traffic.path("requests").asText(),
        traffic.path("hits").asText(),
        "%.1f %%".formatted(100 * traffic.path("hit_ratio").asDouble()),
        traffic.path("denied").asText(),
        traffic.path("bytes").asText());
    table.print(cloudy.out());
  }

  @Command(
      name = "people",
      description = "Tells what went through by person and by site, if log_people is set.")
  void people() {
    JsonNode answer = cloudy.client().get(PATH + "/people");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("WHO OR WHERE", "REQUESTS", "HITS", "BYTES");
    for (String list : new String[] {"people", "sites"}) {
      for (JsonNode one : answer.path(list)) {
        table.add(
            one.path("name").asText(),
            one.path("requests").asText(),
            one.path("hits").asText(),
            one.path("bytes").asText());
      }
    }
    table.print(cloudy.out());
  }

  @Command(name = "test", description = "Fetches a page by the proxy, by the rules for anybody.")
  void test(
      @Parameters(paramLabel = "URL", description = "Such as http://example.org/.") String url,
      @Option(names = "--login", paramLabel = "NAME", description = "Whose login to try.")
          Optional<String> login,
      @Mixin PasswordSource password) {
    ObjectNode body = Json.object().put("url", url);
    login.ifPresent(name -> body.put("login", name).put("password", password.read(cloudy)));
    JsonNode answer = cloudy.client().post(PATH + "/trial", body);
    cloudy.print(
        answer,
        "%s: %s, in %s ms%s"
            .formatted(
                answer.path("status").asText(),
                answer.path("what").asText(),
                answer.path("millis").asText(),
                answer.path("cache").asText().isEmpty()
                    ? ""
                    : " (" + answer.path("cache").asText() + ")"));
  }

  @Command(
      name = "federation",
      description =
          "Shows the list of proxies that go together; with --import, takes one as guifi.net"
              + " exports it; with --forget, forgets it.")
  void federation(
      @Option(names = "--import", paramLabel = "FILE", description = "- is standard input.")
          Optional<String> file,
      @Option(names = "--forget", description = "Forgets the list.") boolean forget) {
    JsonNode answer;
    if (file.isPresent()) {
      ObjectNode body = Json.object().put("text", read(file.get()));
      answer = cloudy.client().put(PATH + "/federation", body);
    } else if (forget) {
      answer = cloudy.client().delete(PATH + "/federation");
    } else {
      answer = cloudy.client().get(PATH + "/federation");
    }
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("PROXY", "MODE", "");
    for (JsonNode proxy : answer.path("proxies")) {
      boolean own = proxy.path("proxy").equals(answer.path("own"));
      table.add(proxy.path("proxy").asText(), proxy.path("mode").asText(), own ? "this one" : "");
    }
    table.print(cloudy.out());
  }

  private String read(String file) {
    try (InputStream in = file.equals("-") ? cloudy.in() : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_LIST + 1);
      if (bytes.length > MAX_LIST) {
        throw new CliException(Cloudy.WRONG_USE, "Could not read " + file + ": it is too long.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliException(
          Cloudy.WRONG_USE, "Could not read " + file + ": " + e.getMessage() + ".");
    }
  }
}
