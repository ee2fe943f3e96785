package community.cloudy.services.squid;

import community.cloudy.containers.process.Command;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is asked of the program {@code squid} besides running. The path of the file is always
 * absolute, and the same: Squid changes its folder, and would not find another at a reload.
 *
 * @param program where it lies
 * @param name tells this Squid from others on the machine: letters and digits
 * @param folder in which it runs
 */
record SquidProgram(Path program, String name, Path folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");
  private static final int OUTPUT = 1 << 14;
  private static final Pattern STAMP = Pattern.compile("^[0-9/]+ [0-9:]+[^|]{0,12}\\|\\s*");

  /** Returns how it is run. */
  List<String> command(Path file) {
    return List.of(program.toString(), "-N", "-d", "1", "-f", file.toString(), "-n", name);
  }

  /** Lets Squid judge a file. */
  void check(Path file) {
    run("use the settings", "Change them and try again.", "-k", "parse", "-f", file.toString());
  }

  /** Makes the folders of the disk cache that are missing. */
  void makeDisk(Path file) {
    run(
        "make the folders of the disk cache",
        "Make room, or set disk_mb to 0.",
        List.of("-z", "-N", "-f", file.toString()),
        name + "z");
  }

  /** Makes the Squid that runs read its file again; a broken one is refused. */
  void reconfigure(Path file) {
    run("reload", "Look at its log.", "-k", "reconfigure", "-f", file.toString());
  }

  /** Makes the Squid that runs begin a new log. */
  void rotate(Path file) {
    run("begin a new log", "Look at its log.", "-k", "rotate", "-f", file.toString());
  }

  private void run(String action, String remedy, String... arguments) {
    run(action, remedy, List.of(arguments), name);
  }

  private void run(String action, String remedy, List<String> arguments, String asName) {
    if (!Files.isExecutable(program)) {
      throw new ServiceException(
          Code.MISSING,
          "Could not %s: %s is not there. Install the package squid.".formatted(action, program));
    }
    List<String> argv = new ArrayList<>(List.of(program.toString()));
    argv.addAll(arguments);
    argv.addAll(List.of("-n", asName));
    try {
      Command.Result result = Command.run(argv, ENVIRONMENT, folder, PATIENCE, OUTPUT);
      if (!result.succeeded()) {
        throw new ServiceException(
            Code.FAILED,
            "Could not %s: Squid says: %s. %s".formatted(action, reason(result), remedy));
      }
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not %s: %s. %s".formatted(action, e.getMessage(), remedy), e);
    }
  }

  private static String reason(Command.Result result) {
    return reason((result.errors() + "\n" + result.output()).lines().toList());
  }

  /** Returns the line that tells most of why Squid has ended: the first error, if it names one. */
  static String reason(List<String> lines) {
    boolean wrongFile = lines.stream().anyMatch(line -> line.contains("FATAL: Bungled"));
    return Stream.of(wrongFile ? "ERROR" : "FATAL", "FATAL", "ERROR", "WARNING")
        .flatMap(word -> lines.stream().filter(line -> line.contains(word)).limit(1))
        .findFirst()
        .map(line -> STAMP.matcher(line).replaceFirst(""))
        .orElse(lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1).strip());
  }
}
