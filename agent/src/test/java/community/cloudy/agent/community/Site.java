package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Real agents, stock and ours, as processes of this test; all of them end with it. */
final class Site implements AutoCloseable {
  static final Path STOCK = Path.of("/usr/bin/serf");
  private static final Path CLOUDY = Path.of("target/cloudy/bin/cloudy").toAbsolutePath();
  private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Agent> agents = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();

  Site(Path folder) {
    this.folder = folder;
  }

  /**
   * A command that goes on until it is done, or the test.
   *
   * @param process that runs it
   * @param file what it prints
   */
  record Running(Process process, Path file) {
    String output() throws IOException {
      return Files.readString(file);
    }
  }

  /** One agent: how to start it and how to ask it. */
  abstract class Agent {
    private final String name;
    private final String address;
    private final List<String> prefix;
    private Process process;

    Agent(String name, String address, List<String> prefix) {
      this.name = name;
      this.address = address;
      this.prefix = prefix;
      agents.add(this);
    }

    String name() {
      return name;
    }

    String address() {
      return address;
    }

    Path file(String suffix) {
      return folder.resolve(name + suffix);
    }

    abstract List<String> command() throws IOException;

    /** Returns "status tags" of each member this agent knows, by name. */
    abstract Map<String, String> members() throws Exception;

    abstract void leave() throws Exception;

    void start() throws IOException {
      List<String> line = new ArrayList<>(prefix);
      line.addAll(command());
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file(".log").toFile()))
              .start();
    }

    void signal(String signal) throws Exception {
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
      assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    void kill() throws Exception {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    void awaitExit() throws Exception {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(name + " ends").isTrue();
    }

    String run(String... command) throws Exception {
      List<String> line = new ArrayList<>(prefix);
      line.addAll(List.of(command));
      Path out = Files.createTempFile(folder, "out", "");
      Process run =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      if (!run.waitFor(30, TimeUnit.SECONDS)) {
        run.destroyForcibly();
        throw new IOException(line + " does not end");
      }
      String text = Files.readString(out);
      if (run.exitValue() != 0) {
        throw new IOException(line + ": " + text);
      }
      return text;
    }

    /** Starts a command and lets it run. */
    Running background(String... command) throws IOException {
      List<String> line = new ArrayList<>(prefix);
      line.addAll(List.of(command));
      Path out = Files.createTempFile(folder, "out", "");
      Running started =
          new Running(
              new ProcessBuilder(line)
                  .redirectErrorStream(true)
                  .redirectOutput(out.toFile())
                  .start(),
              out);
      running.add(started);
      return started;
    }

    String log() throws IOException {
      return Files.readString(file(".log"));
    }

    private void stop() {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  /** A stock Serf agent. */
  final class Stock extends Agent {
    private final List<String> options;

    Stock(String name, String address, List<String> prefix, List<String> options) {
      super(name, address, prefix);
      this.options = options;
    }

    @Override
    List<String> command() {
      List<String> command =
          new ArrayList<>(
              List.of(
                  STOCK.toString(),
                  "agent",
                  "-node=" + name(),
                  "-bind=" + address() + ":7946",
                  "-rpc-addr=" + address() + ":7373",
                  "-tag",
                  "role=stock"));
      command.addAll(options);
      return command;
    }

    @Override
    Map<String, String> members() throws Exception {
      Map<String, String> members = new TreeMap<>();
      for (JsonNode member : JSON.readTree(serf("members", "-format=json")).get("members")) {
        members.put(member.get("name").asText(), describe(member));
      }
      return members;
    }

    @Override
    void leave() throws Exception {
      serf("leave");
    }

    String serf(String command, String... arguments) throws Exception {
      return run(line(command, arguments));
    }

    Running serfInBackground(String command, String... arguments) throws IOException {
      return background(line(command, arguments));
    }

    private String[] line(String command, String... arguments) {
      List<String> line = new ArrayList<>(List.of(STOCK.toString(), command));
      line.add("-rpc-addr=" + address() + ":7373");
      line.addAll(List.of(arguments));
      return line.toArray(String[]::new);
    }
  }

  /** A Cloudy agent. */
  final class Cloudy extends Agent {
    private final String gossip;

    Cloudy(String name, String address, List<String> prefix, String gossip) {
      super(name, address, prefix);
      this.gossip = gossip;
    }

    @Override
    List<String> command() throws IOException {
      Files.writeString(
          file(".yaml"),
          """
          node: {name: %s, data: %s}
          gossip:
            bind: %s:7946
            rpc: %s:7373
            tags: {role: cloudy}
          %s
          discovery: {mdns: false}
          api: {listen: "", socket: %s}
          containers: {engine: }
          """
              .formatted(
                  name(), file(".data"), address(), address(), gossip.indent(2), file(".sock")));
      return List.of(CLOUDY.toString(), "agent", "--config", file(".yaml").toString());
    }

    @Override
    Map<String, String> members() throws Exception {
      Map<String, String> members = new TreeMap<>();
      for (JsonNode member : JSON.readTree(cloudy("-o", "json", "members")).get("members")) {
        members.put(member.get("name").asText(), describe(member));
      }
      return members;
    }

    @Override
    void leave() throws Exception {
      cloudy("leave");
    }

    String cloudy(String... arguments) throws Exception {
      return run(line(arguments));
    }

    Running cloudyInBackground(String... arguments) throws IOException {
      return background(line(arguments));
    }

    private String[] line(String... arguments) {
      List<String> line =
          new ArrayList<>(List.of(CLOUDY.toString(), "--api", "unix:" + file(".sock")));
      line.addAll(List.of(arguments));
      return line.toArray(String[]::new);
    }
  }

  /** Leaves out the tag of discovery, which changes by itself. */
  private static String describe(JsonNode member) {
    Map<String, String> tags = new TreeMap<>(JSON.convertValue(member.get("tags"), TAGS));
    tags.remove("cloudy");
    return member.get("status").asText() + " " + tags;
  }

  @Override
  public void close() {
    running.forEach(command -> command.process().destroyForcibly());
    agents.forEach(Agent::stop);
  }
}
