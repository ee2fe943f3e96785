package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import community.cloudy.containers.engine.EngineException.Code;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One command run in a container. */
final class Execution {
  private static final int MAX_ARGUMENTS = 1000;
  private static final int MAX_LENGTH = 128 * 1024;

  private final Connection connection;
  private final String container;
  private final List<String> argv;
  private final String action;

  Execution(Connection connection, String container, List<String> argv) {
    this.connection = connection;
    this.container = container;
    this.argv = List.copyOf(argv);
    action = "run a command in the container " + container;
    if (argv.isEmpty()
        || argv.size() > MAX_ARGUMENTS
        || argv.stream().mapToInt(String::length).sum() > MAX_LENGTH) {
      throw Names.invalid("command", "must have 1 to 1000 arguments, of 128 KiB together");
    }
  }

  ExecResult run(Duration atMost, int maxOutput) {
    String id =
        connection.change(
            action,
            client ->
                client
                    .execCreateCmd(container)
                    .withCmd(argv.toArray(String[]::new))
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId());
    Output output = new Output(maxOutput);
    try (Feed<Frame> feed =
        connection.stream(action, output, (client, sink) -> client.execStartCmd(id).exec(sink))) {
      if (!feed.await(atMost)) {
        throw new EngineException(
            Code.FAILED,
            "Could not "
                + action
                + ": it has not ended within "
                + atMost.toSeconds()
                + " s, and goes on. Stop it in the container.");
      }
    }
    long exitCode =
        connection.ask(
            action, client -> Raw.of(client.inspectExecCmd(id).exec()).number("ExitCode"));
    return output.result((int) exitCode);
  }

  private static final class Output implements EngineStream.Listener<Frame> {
    private final int max;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private boolean truncated;

    Output(int max) {
      this.max = max;
    }

    @Override
    public synchronized void next(Frame frame) {
      ByteArrayOutputStream kept = frame.getStreamType() == StreamType.STDERR ? stderr : stdout;
      byte[] bytes = frame.getPayload();
      int room = Math.min(bytes.length, max - kept.size());
      kept.write(bytes, 0, room);
      truncated |= room < bytes.length;
    }

    synchronized ExecResult result(int exitCode) {
      return new ExecResult(
          exitCode,
          stdout.toString(StandardCharsets.UTF_8),
          stderr.toString(StandardCharsets.UTF_8),
          truncated);
    }
  }
}
