package community.cloudy.services.bind.named;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of BIND.
 *
 * @param named the server itself; the others lie beside it or in the usual places
 */
public record Programs(Path named) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern VERSION = Pattern.compile("BIND (\\d{1,3})\\.(\\d{1,3})");
  private static final int MAX_OUTPUT = 16 << 10;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");

  /**
   * Returns the path of a program.
   *
   * @throws ServiceException if it is not on this node
   */
  Path find(String program) {
    Path beside = named.resolveSibling(program);
    return Stream.of(beside, Path.of("/usr/bin", program), Path.of("/usr/sbin", program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> missing(program));
  }

  /**
   * Checks that the server itself is there.
   *
   * @throws ServiceException if not
   */
  public Programs present() {
    if (!Files.isExecutable(named)) {
      throw missing(named.toString());
    }
    return this;
  }

  private static ServiceException missing(String program) {
    return new ServiceException(
        Code.MISSING,
        "Could not find the program %s. Install the packages bind9 and bind9-utils, or set program."
            .formatted(program));
  }

  /**
   * Checks a configuration and all zones that it names, as named itself will read them.
   *
   * @throws ServiceException if it is refused, with what the checker said
   */
  public void check(Path file) {
    // -z loads every primary zone just as named-checkzone does, in one process for all of them.
    Command.Result result = run("named-checkconf", List.of("-z", file.toString()));
    if (!result.succeeded()) {
      String said = said(result).replace(file.getParent() + "/", "");
      throw new ServiceException(
          Code.INVALID, "BIND refuses this configuration: " + said + ". What was there runs on.");
    }
  }

  /**
   * Tells whether named locks a file of the system's unless it is told not to, as it did before
   * 9.20. Later ones take the word for it for an error.
   */
  public boolean locks() {
    Matcher version = VERSION.matcher(run(named.getFileName().toString(), List.of("-v")).output());
    return version.find()
        && 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2)) < 9_020;
  }

  /** Returns the lines that tell what is wrong, without those that tell that all is well. */
  static String said(Command.Result result) {
    List<String> lines =
        Stream.concat(result.output().lines(), result.errors().lines())
            .filter(line -> !line.contains("loaded serial") && !line.isBlank())
            .limit(3)
            .toList();
    String all = String.join("; ", lines);
    return all.substring(0, Math.min(all.length(), 1000));
  }

  /** Runs one to its end. */
  Command.Result run(String program, List<String> arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(find(program).toString());
    argv.addAll(arguments);
    try {
      return Command.run(argv, ENVIRONMENT, Path.of("/"), PATIENCE, MAX_OUTPUT);
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED,
          "Could not run %s: %s. Look at the node's memory and processes."
              .formatted(program, e.getMessage()),
          e);
    }
  }
}
