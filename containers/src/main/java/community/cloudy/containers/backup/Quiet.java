package community.cloudy.containers.backup;

import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.ExecResult;
import community.cloudy.containers.stacks.Stacks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a stack's data still while they are copied: by its app's own command, or by stopping it.
 */
final class Quiet {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MAX_OUTPUT = 4096;

  private final Engine engine;
  private final Stacks stacks;
  private final String stack;
  private final Optional<App.Hook> after;
  private final Progress progress;
  private final boolean stopped;

  private Quiet(
      Engine engine,
      Stacks stacks,
      String stack,
      Optional<App.Hook> after,
      Progress progress,
      boolean stopped) {
    this.engine = engine;
    this.stacks = stacks;
    this.stack = stack;
    this.after = after;
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * Begins.
   *
   * @param app what the stack was made of, if it says how to keep still
   */
  static Quiet begin(
      Engine engine, Stacks stacks, String stack, Optional<App> app, Progress progress) {
    Optional<App.Hook> before = app.flatMap(it -> it.backup().before());
    Optional<App.Hook> after = app.flatMap(it -> it.backup().after());
    List<Container> running =
        engine.containers().list(Map.of(ComposeLabels.PROJECT, stack)).stream()
            .filter(container -> container.state().isUp())
            .toList();
    if (before.isPresent() && !running.isEmpty()) {
      Quiet quiet = new Quiet(engine, stacks, stack, after, progress, false);
      progress.report("prepare the data", 0, Progress.UNKNOWN);
      try {
        quiet.run(before.get());
      } catch (RuntimeException e) {
        quiet.end(true);
        throw e;
      }
      return quiet;
    }
    Quiet quiet = new Quiet(engine, stacks, stack, Optional.empty(), progress, !running.isEmpty());
    try {
      if (quiet.stopped) {
        stacks.halt(stack, progress);
      }
    } catch (RuntimeException e) {
      quiet.end(true);
      throw e;
    }
    return quiet;
  }

  private void run(App.Hook hook) {
    Container container =
        engine
            .containers()
            .list(Map.of(ComposeLabels.PROJECT, stack, ComposeLabels.SERVICE, hook.service()))
            .stream()
            .filter(it -> it.state().isUp())
            .findFirst()
            .orElseThrow(
                () ->
                    new BackupException(
                        BackupException.Code.FAILED,
                        "Could not prepare the data of %s: its service %s does not run. Start it."
                            .formatted(stack, hook.service())));
    ExecResult result =
        engine.containers().exec(container.id(), hook.command(), PATIENCE, MAX_OUTPUT);
    if (result.exitCode() != 0) {
      throw new BackupException(
          BackupException.Code.FAILED,
          "Could not prepare the data of %s: %s ended with %d. Read the log of its service %s."
              .formatted(stack, hook.command().get(0), result.exitCode(), hook.service()));
    }
  }

  /**
   * Ends the keeping still.
   *
   * @param goOn whether a stack that was stopped is started, and waited for until it is well
   */
  void end(boolean goOn) {
    after.ifPresent(this::run);
    if (stopped && goOn) {
      stacks.goOn(stack, progress);
    }
  }
}
