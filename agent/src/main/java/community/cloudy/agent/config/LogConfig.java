package community.cloudy.agent.config;

/**
 * What is logged.
 *
 * @param level the least important level that is
 */
public record LogConfig(LogLevel level) {
  /** How important an event is. */
  public enum LogLevel {
    /** Something failed and a person must act. */
    ERROR,
    /** Something is wrong but goes on. */
    WARN,
    /** A state changed. */
    INFO,
    /** What happens, for finding faults. */
    DEBUG,
    /** Everything. */
    TRACE
  }
}
