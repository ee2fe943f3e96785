package community.cloudy.agent.log;

import community.cloudy.agent.config.LogConfig;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up the process's logging: one handler, to standard error. */
public final class Logging {
  // Held, or the level would be forgotten when the logger is collected.
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
  private static final Logger DOCKER = Logger.getLogger("com.github.dockerjava");
  private static final Logger JMDNS = Logger.getLogger("javax.jmdns");

  private Logging() {}

  /** Sends every event from {@code level} up to standard error, in place of what was set before. */
  public static void start(LogConfig config) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new LineFormatter(System.getenv("JOURNAL_STREAM") != null));
    Logger.getLogger("").addHandler(handler);
    apply(config);
  }

  /** Changes the level from now on. */
  public static void apply(LogConfig config) {
    Level level = jul(config.level());
    Logger.getLogger("").setLevel(level);
    // What the server does step by step drowns everything else.
    JETTY.setLevel(level.equals(Level.FINEST) ? level : Level.WARNING);
    // It tells of each connection that an engine which is restarted breaks.
    DOCKER.setLevel(level.equals(Level.FINEST) ? level : Level.SEVERE);
    // It warns, with a stack trace, of each bad packet that a stranger sends.
    JMDNS.setLevel(level.equals(Level.FINEST) ? level : Level.SEVERE);
  }

  private static Level jul(LogConfig.LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.FINEST;
    };
  }
}
