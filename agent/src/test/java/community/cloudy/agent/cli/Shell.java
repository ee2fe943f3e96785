package community.cloudy.agent.cli;

import community.cloudy.agent.config.ConfigFiles;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands against the agent at a socket, and keeps what they print. */
final class Shell {
  private final Path socket;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String in = "";

  Shell(Path socket) {
    this.socket = socket;
  }

  private enum NoAgent implements AgentRunner {
    INSTANCE;

    @Override
    public int run(ConfigFiles files) {
      return 0;
    }

    @Override
    public int rehearse(boolean idle) {
      return 0;
    }
  }

  /** Sets what the next commands read. */
  void types(String text) {
    in = text;
  }

  /** Returns the exit code. */
  int run(String... arguments) {
    return Cloudy.run(
        "1.2",
        NoAgent.INSTANCE,
        Map.of(
            "CLOUDY_API",
            "unix:" + socket,
            "XDG_CONFIG_HOME",
            socket.resolveSibling("config").toString()),
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Returns what was printed since the last call. */
  String takeOut() {
    String text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }

  void awaitOut(String text) {
    while (!out().contains(text)) {
      Thread.onSpinWait();
    }
  }

  void awaitErr(String text) {
    while (!err().contains(text)) {
      Thread.onSpinWait();
    }
  }
}
