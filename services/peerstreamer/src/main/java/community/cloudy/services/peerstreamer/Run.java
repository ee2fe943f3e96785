package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.ServiceException;
import java.time.Instant;
import java.util.List;

/** What is done for one channel. May be used from any thread. */
interface Run {
  /** Where a channel is in its life. */
  enum State {
    /** Nothing has come yet. */
    STARTING,
    /** It carries something. */
    FLOWING,
    /** It carries nothing at the moment. */
    SILENT,
    /** It was ended, and is tried again later. */
    WAITING,
    /** It was ended, and stays so until somebody stops it. */
    ENDED
  }

  /**
   * How a channel is.
   *
   * @param evidence why that is believed, for people
   * @param kbit kbit/s over the last seconds; 0 if nobody can tell
   * @param bytes carried since the agent began to count
   * @param since when it was begun last
   * @param restarts how often it or one of its programs had to be begun again
   */
  record View(State state, String evidence, int kbit, long bytes, Instant since, int restarts) {
    /** Tells whether others can get the channel here. */
    boolean isAlive() {
      return state == State.FLOWING || state == State.SILENT;
    }
  }

  /** Returns how it is; cheap. */
  View view();

  /** Looks, and does what is to be done next; takes at most some seconds. */
  void tick(Instant now);

  /** Says that where it comes from is announced again: it need not wait longer. */
  void wake();

  /** Ends its programs for good, and forgets it. */
  void end();

  /** Ends its programs; the next agent begins them again. */
  void halt();

  /** Looks after it no longer; its programs run on. */
  void close();

  /** Returns the last lines that its programs have said. */
  List<String> log(int lines);

  /**
   * Returns its HLS.
   *
   * @throws ServiceException if none is made
   */
  Hls hls();
}
