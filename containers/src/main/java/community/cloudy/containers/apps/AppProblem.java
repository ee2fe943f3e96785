package community.cloudy.containers.apps;

/**
 * One thing wrong with an app's file or with what a person filled in.
 *
 * @param place a file, or a field of the form
 * @param line from 1; 0 where lines mean nothing
 * @param column from 1; 0 where columns mean nothing
 * @param message what is wrong and what to do about it
 */
public record AppProblem(String place, int line, int column, String message) {
  @Override
  public String toString() {
    return line == 0 ? place + ": " + message : place + ":" + line + ":" + column + ": " + message;
  }
}
