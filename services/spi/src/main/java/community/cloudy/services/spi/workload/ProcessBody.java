package community.cloudy.services.spi.workload;

import community.cloudy.services.spi.ProcessSpec;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program as a process: leader of a session, so that all it starts can be ended with it and
 * nothing that happens to the agent's own group reaches it. Its output goes straight into a file,
 * so it lives on without the agent.
 */
final class ProcessBody implements Body {
  private final ProcessSpec spec;
  private final LogFile log;
  private final RunFile runFile;

  ProcessBody(ProcessSpec spec, Path folder) {
    this.spec = spec;
    log = new LogFile(folder.resolve(spec.name() + ".log"));
    runFile = new RunFile(folder.resolve(spec.name() + ".run"));
  }

  /** Finds the process; one that was started otherwise than it would be now is ended. */
  @Override
  public Optional<Life> find() {
    Optional<RunFile.Entry> entry = runFile.read();
    Optional<Life> found =
        entry.flatMap(RunFile.Entry::process).map(process -> new ProcessLife(process, spec, log));
    boolean same = entry.isPresent() && entry.get().command().equals(RunFile.hash(argv()));
    if (found.isPresent() && !same) {
      found.get().stop();
      return Optional.empty();
    }
    return found;
  }

  @Override
  public Life start() {
    Path program = Path.of(spec.command().get(0));
    if (!Files.isExecutable(program)) {
      throw new ServiceException(
          Code.MISSING, program + " is not there. Install it, or say where it is.");
    }
    List<String> argv = argv();
    ProcessBuilder builder = new ProcessBuilder(argv).directory(spec.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    try {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.made().toFile()));
      Process process = builder.start();
      runFile.write(process.toHandle(), RunFile.hash(argv));
      return new ProcessLife(process.toHandle(), Optional.of(process), spec, log);
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not start %s: %s".formatted(program, e.getMessage()), e);
    }
  }

  private List<String> argv() {
    List<String> argv = new ArrayList<>(List.of("setsid"));
    spec.user().ifPresent(user -> argv.addAll(Account.of(user).prefix(spec.capabilities())));
    argv.addAll(spec.command());
    return argv;
  }

  @Override
  public List<String> log(int lines) {
    return log.tail(lines);
  }

  @Override
  public void tidy() {
    log.rotate();
  }

  @Override
  public Duration stopWithin() {
    return spec.stopWithin();
  }
}
