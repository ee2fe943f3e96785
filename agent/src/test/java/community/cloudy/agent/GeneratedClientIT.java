package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that OpenAPI Generator made from the published description, against a real agent. */
@Timeout(180)
final class GeneratedClientIT {
  private static final Path SOURCES = Path.of("target/generated-client/src/main/java");

  @TempDir private Path folder;

  private String java(String tool, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, tool, "");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  @Test
  void logsInAnnouncesAndLists() throws Exception {
    String classPath = System.getProperty("java.class.path");
    Path classes = folder.resolve("classes");
    List<String> compile =
        new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString()));
    compile.addAll(List.of("-cp", classPath, "src/test/client/Member.java"));
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> compile.add(file.toString()));
    }
    java("javac", compile);
    try (RunningAgent agent = RunningAgent.start(folder)) {
      String said =
          java(
              "java",
              List.of(
                  "-cp",
                  classes + ":" + classPath,
                  "Member",
                  agent.url(),
                  "admin",
                  agent.password()));

      assertThat(said.lines())
          .containsExactly(
              "login admin admin",
              "announced web-from-a-generated-client",
              "found From a generated client");
    }
  }
}
