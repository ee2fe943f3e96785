package community.cloudy.gossip.serf.snapshot;

import java.io.IOException;

/** Where lines are kept. Called by one thread, which it may block for long. */
interface SnapshotLog {
  /** Adds lines at the end. */
  void append(byte[] lines) throws IOException;

  /** Puts {@code lines} in place of everything; after a crash there is the old or the new. */
  void replace(byte[] lines) throws IOException;

  /** Makes sure that what was appended survives a power cut. */
  void sync() throws IOException;

  /** Returns the bytes there are. */
  long size() throws IOException;

  void close() throws IOException;
}
