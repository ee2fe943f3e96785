package community.cloudy.services.spi.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a workload really is. Its methods may block, and are called by one thread. */
interface Body {
  /** Finds what an agent before this one has started, if it is what would be started now. */
  Optional<Life> find();

  /**
   * Starts it.
   *
   * @throws community.cloudy.services.spi.ServiceException if it cannot
   */
  Life start();

  /** Returns the last lines it has logged. */
  List<String> log(int lines);

  /** Does what is due from time to time. */
  void tidy();

  /** From a start to an end. */
  interface Life {
    boolean isAlive();

    /** Says why it ended; only after it has. */
    String end();

    /** Ends it. */
    void stop();

    OptionalLong pid();

    /** Calls {@code woken} when it has ended, if that can be noticed. */
    void onEnd(Runnable woken);
  }

  /** Returns how long {@link Life#stop} may take. */
  Duration stopWithin();
}
