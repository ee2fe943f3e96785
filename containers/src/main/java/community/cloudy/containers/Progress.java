package community.cloudy.containers;

/** Hears how far long work has come. Called from any thread, often: it must be quick. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (step, done, total) -> {};

  /** The total of work whose extent is not known. */
  long UNKNOWN = -1;

  /**
   * Takes a report.
   *
   * @param step what is being done, for people
   * @param done how much of it, in any unit: 0 or more
   * @param total how much there is, or {@link #UNKNOWN}
   */
  void report(String step, long done, long total);
}
