package community.cloudy.containers.stacks;

import community.cloudy.containers.process.Command;
import community.cloudy.containers.stacks.StackException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compose, as a program: the engine's plugin ({@code docker compose}) if it is there, else {@code
 * docker-compose}. Both get the same arguments; only how they are called differs.
 *
 * <p>It runs without the agent's environment, or a Compose file could print what is in it.
 */
public final class Compose {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int MAX_MODEL = 1 << 20;
  private static final int MAX_ERRORS = 16 * 1024;
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofHours(1);

  private final List<String> program;
  private final Map<String, String> environment;

  private Compose(List<String> program, Map<String, String> environment) {
    this.program = program;
    this.environment = environment;
  }

  /**
   * Finds Compose.
   *
   * @param engineSocket the engine it drives
   * @param home whose registry credentials and plugins it uses
   * @return empty if there is none
   */
  public static Optional<Compose> find(Path engineSocket, Path home) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", PATH);
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("DOCKER_HOST", "unix://" + engineSocket);
    environment.put("COMPOSE_HTTP_TIMEOUT", "300");
    environment.put("COMPOSE_DOCKER_CLI_BUILD", "0");
    for (List<String> program : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
      Compose compose = new Compose(program, Map.copyOf(environment));
      if (compose.answers()) {
        return Optional.of(compose);
      }
    }
    return Optional.empty();
  }

  /** Returns what finds Compose when it is first needed, and looks again while there is none. */
  public static Supplier<Optional<Compose>> finder(Path engineSocket, Path home) {
    return new Supplier<>() {
      private Optional<Compose> found = Optional.empty();

      @Override
      public synchronized Optional<Compose> get() {
        if (found.isEmpty()) {
          found = find(engineSocket, home);
        }
        return found;
      }
    };
  }

  private boolean answers() {
    try {
      return execute(List.of("version"), Path.of("/"), QUICK, MAX_ERRORS).succeeded();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns how it is called. */
  public String name() {
    return String.join(" ", program);
  }

  /** One project: the file that describes it, its folder and the file of its variables. */
  record Project(String name, Path file, Path folder, Path variables) {
    private List<String> arguments() {
      return List.of(
          "--env-file", variables.toString(),
          "-p", name,
          "-f", file.toString(),
          "--project-directory", folder.toString());
    }
  }

  /** Returns the model of {@code project}, with nothing left to look up. */
  String config(Project project) {
    return run("read", project, QUICK, MAX_MODEL, "config");
  }

  /** Makes what is missing or differs, and stops what it replaces; starts nothing. */
  void create(Project project) {
    run("create", project, LONG, MAX_ERRORS, "up", "--no-start", "--remove-orphans");
  }

  /** Starts what was made. */
  void start(Project project) {
    run("start", project, LONG, MAX_ERRORS, "up", "-d", "--no-recreate", "--no-build");
  }

  void restart(Project project) {
    run("restart", project, LONG, MAX_ERRORS, "restart");
  }

  /** Stops what runs, what depends on others first; nothing is removed. */
  void stop(Project project) {
    run("stop", project, LONG, MAX_ERRORS, "stop", "--timeout", "30");
  }

  /** Removes containers and networks; volumes too if they are to go. */
  void down(Project project, boolean volumes) {
    List<String> arguments = new ArrayList<>(List.of("down", "--remove-orphans"));
    if (volumes) {
      arguments.add("--volumes");
    }
    run("stop", project, LONG, MAX_ERRORS, arguments.toArray(String[]::new));
  }

  private String run(
      String verb, Project project, Duration atMost, int limit, String... arguments) {
    List<String> argv = new ArrayList<>(project.arguments());
    argv.addAll(List.of(arguments));
    try {
      Command.Result result = execute(argv, project.folder(), atMost, limit);
      if (result.succeeded() && limit == MAX_MODEL && !result.whole()) {
        throw failed(verb, project, "its model has more than " + limit + " bytes", null);
      }
      if (result.succeeded()) {
        return result.output();
      }
      throw failed(verb, project, "Compose says: " + end(result.errors()), null);
    } catch (IOException e) {
      throw failed(verb, project, String.valueOf(e.getMessage()), e);
    }
  }

  private Command.Result execute(List<String> arguments, Path folder, Duration atMost, int limit)
      throws IOException {
    List<String> argv = new ArrayList<>(program);
    argv.addAll(arguments);
    return Command.run(argv, environment, folder, atMost, limit);
  }

  /** Returns the last lines of what a program said, fit to print. */
  private static String end(String errors) {
    String text = errors.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]", "").strip();
    String tail = text.substring(Math.max(0, text.length() - 1000));
    return tail.replaceAll("\\s*\\R\\s*", "; ").replaceAll("[^ -~\\u00a0-\\uffff]", "?");
  }

  private static StackException failed(
      String verb, Project project, String reason, @org.jspecify.annotations.Nullable Throwable e) {
    String message =
        "Could not %s the stack %s: %s. Mend that and try again."
            .formatted(verb, project.name(), reason.replaceFirst("\\.$", ""));
    return e == null
        ? new StackException(Code.FAILED, message)
        : new StackException(Code.FAILED, message, e);
  }
}
