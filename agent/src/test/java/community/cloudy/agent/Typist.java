package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Types what documents say into a shell at a node, as their reader would, in a folder of the test.
 * What is prepared for a line goes by how the line begins.
 */
final class Typist {
  /** What curl and timeout say when they were told to stop: so a stream ends. */
  private static final Set<Integer> TIME_IS_UP = Set.of(28, 124);

  /** What the test does where the reader would have done something else. */
  interface Step {
    void run() throws Exception;
  }

  private final Path folder;
  private final Map<String, String> here = new LinkedHashMap<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private RunningAgent agent;

  Typist(Path folder, RunningAgent agent) throws IOException {
    this.folder = folder;
    this.agent = agent;
    Files.writeString(folder.resolve(".curlrc"), "fail\nsilent\nmax-time = 5\n");
  }

  /** Goes to another node. */
  void at(RunningAgent other) {
    agent = other;
  }

  /** Returns where it is. */
  RunningAgent agent() {
    return agent;
  }

  /** Takes {@code said} for what it is called here. */
  Typist reads(String said, String called) {
    here.put(said, called);
    return this;
  }

  /** Does something before the line, once. */
  Typist before(String line, Step step) {
    steps.put(line, step);
    return this;
  }

  /** Answers what the line asks: on its input if it says so, else at a terminal. */
  Typist answers(String line, String... words) {
    answers.put(line, String.join("\n", words) + "\n");
    return this;
  }

  /** Expects that the line is refused, as the page says. */
  Typist isRefused(String line) {
    refused.add(line);
    return this;
  }

  /** Types all of a page, and returns how many lines that were. */
  int page(String name) throws Exception {
    List<String> lines = Documented.typed(name);
    for (String line : lines) {
      type(line);
    }
    return lines.size();
  }

  /** Types a line and waits for its end. */
  String type(String line) throws Exception {
    Optional<String> step = steps.keySet().stream().filter(line::startsWith).findFirst();
    if (step.isPresent()) {
      steps.remove(step.get()).run();
    }
    Path said = Files.createTempFile(folder, "said", "");
    Process process = start(line, said);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(line).isTrue();
    String output = Files.readString(said);
    Files.delete(said);
    int exit = process.exitValue();
    boolean ended =
        (line.contains(" -N ") || line.contains("monitor")) && TIME_IS_UP.contains(exit);
    boolean wanted = refused.stream().anyMatch(line::startsWith) ? exit != 0 : ended || exit == 0;
    assertThat(wanted).as(line + "\n" + output).isTrue();
    return output;
  }

  private Process start(String line, Path said) throws IOException {
    Optional<String> answer =
        answers.keySet().stream().filter(line::startsWith).findFirst().map(answers::get);
    Path input = Files.writeString(folder.resolve("input"), answer.orElse(""));
    String command = called(line);
    ProcessBuilder shell =
        answer.isPresent() && !line.contains("-file -")
            ? new ProcessBuilder("script", "-qec", command, "/dev/null")
            : new ProcessBuilder("bash", "-o", "pipefail", "-c", command);
    Map<String, String> environment = shell.environment();
    environment.put("HOME", folder.toString());
    environment.put("CURL_HOME", folder.toString());
    environment.put("CLOUDY_API", "unix:" + agent.folder().resolve("sock"));
    environment.put("password", "a long password");
    String bin = Path.of("target/cloudy/bin").toAbsolutePath() + ":";
    environment.merge("PATH", bin, (path, first) -> first + path);
    return shell
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectInput(input.toFile())
        .redirectOutput(said.toFile())
        .start();
  }

  /** Returns the text with this test's names in it. */
  String called(String text) {
    String called = text;
    for (Map.Entry<String, String> name : here.entrySet()) {
      called = called.replace(name.getKey(), name.getValue());
    }
    return called
        .replace("/run/cloudy/cloudy.sock", agent.folder().resolve("sock").toString())
        .replace("http://127.0.0.1:7000", agent.url())
        .replace("/etc/cloudy/", agent.folder() + "/")
        .replace(
            "cloudy config check",
            "cloudy config check --config " + agent.folder().resolve("cloudy.yaml"));
  }
}
