package community.cloudy.services.graphs.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real rrdtool. */
public final class Rrdtool {
  private Rrdtool() {}

  /** Tells whether it is there. */
  public static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/rrdtool"));
  }

  /** Runs it; returns what it says, which must be no error. */
  public static String run(Object... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("rrdtool"));
    for (Object argument : arguments) {
      if (argument instanceof List<?> list) {
        list.forEach(item -> argv.add(item.toString()));
      } else {
        argv.add(argument.toString());
      }
    }
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** Makes a file as MRTG does for snpservices. */
  public static void legacy(Path path, String type, String max, long begin)
      throws IOException, InterruptedException {
    List<String> archives = new ArrayList<>();
    for (String function : List.of("AVERAGE", "MAX")) {
      for (int steps : List.of(1, 6, 24, 288)) {
        archives.add("RRA:" + function + ":0.5:" + steps + ":800");
      }
    }
    run(
        "create",
        path,
        "-b",
        begin,
        "-s",
        300,
        "DS:ds0:" + type + ":600:0:" + max,
        "DS:ds1:" + type + ":600:0:" + max,
        archives);
  }

  /** Returns the dump of a file, without what tells who wrote it. */
  public static String dump(Path path) throws IOException, InterruptedException {
    assertThat(Files.exists(path)).isTrue();
    return run("dump", path);
  }
}
