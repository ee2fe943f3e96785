package community.cloudy.agent.config;

/**
 * The place where something was written, for messages: {@code file:line:column}, or the option.
 *
 * @param source a file's path, or a command-line option such as {@code --set gossip.bind}
 * @param line from 1; 0 where lines mean nothing
 * @param column from 1; 0 where columns mean nothing
 */
public record Origin(String source, int line, int column) {
  static Origin whole(String source) {
    return new Origin(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
