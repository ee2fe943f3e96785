package community.cloudy.services.spi.workload;

import community.cloudy.services.spi.ProcessSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process and all that it has started. */
final class ProcessLife implements Body.Life {
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
  private static final int SIGNALLED = 128;

  private final ProcessHandle handle;
  private final Optional<Process> child;
  private final ProcessSpec spec;
  private final LogFile log;

  ProcessLife(ProcessHandle handle, Optional<Process> child, ProcessSpec spec, LogFile log) {
    this.handle = handle;
    this.child = child;
    this.spec = spec;
    this.log = log;
  }

  ProcessLife(ProcessHandle handle, ProcessSpec spec, LogFile log) {
    this(handle, Optional.empty(), spec, log);
  }

  @Override
  public boolean isAlive() {
    return handle.isAlive();
  }

  /** Takes down what the process has left behind, too: it would hold its ports. */
  @Override
  public String end() {
    ProcessGroup.signal("KILL", handle.pid());
    List<String> last = log.tail(1);
    String said = last.isEmpty() ? "" : "; it said: " + last.get(0);
    return spec.name() + " ended" + child.map(ProcessLife::how).orElse("") + said;
  }

  private static String how(Process process) {
    if (process.isAlive()) {
      return "";
    }
    int code = process.exitValue();
    return code > SIGNALLED ? " by signal " + (code - SIGNALLED) : " with code " + code;
  }

  @Override
  public void stop() {
    ProcessGroup.signal("TERM", handle.pid());
    if (!endsWithin(spec.stopWithin())) {
      ProcessGroup.signal("KILL", handle.pid());
      endsWithin(KILLED_WITHIN);
    }
    ProcessGroup.signal("KILL", handle.pid());
  }

  private boolean endsWithin(Duration time) {
    try {
      handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(handle.pid());
  }

  @Override
  public void onEnd(Runnable woken) {
    var unused = handle.onExit().thenRun(woken);
  }
}
