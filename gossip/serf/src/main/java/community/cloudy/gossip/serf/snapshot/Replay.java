package community.cloudy.gossip.serf.snapshot;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a snapshot, whatever a power cut made of it: zero-filled blocks, overlong and senseless
 * lines are skipped and counted, and what follows them still counts.
 */
final class Replay {
  /** The longest name, its address and the words around them fit. */
  private static final int MAX_LINE = 1024;

  private final SnapshotState state = new SnapshotState();
  private final boolean rejoinAfterLeave;
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private boolean skipping;
  private boolean lost;
  private int damages;

  Replay(boolean rejoinAfterLeave) {
    this.rejoinAfterLeave = rejoinAfterLeave;
  }

  /** Reads to the end in constant memory. */
  void read(InputStream in) throws IOException {
    byte[] block = new byte[65_536];
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      for (int i = 0; i < count; i++) {
        accept(block[i]);
      }
    }
  }

  SnapshotState state() {
    return state;
  }

  /** Returns how many stretches could not be used. */
  int damages() {
    return damages;
  }

  /** Tells whether the file ends within a line: the writer died there, and it says nothing. */
  boolean torn() {
    return length > 0 || skipping || lost;
  }

  private void accept(byte next) {
    if (next == '\n') {
      endLine();
    } else if (next == 0) {
      // A lost block: what stood before it is half a line, what follows was written afresh.
      damages += lost ? 0 : 1;
      lost = true;
      skipping = false;
      length = 0;
    } else if (length == MAX_LINE) {
      skipping = true;
    } else if (!skipping) {
      lost = false;
      line[length++] = next;
    }
  }

  private void endLine() {
    boolean nothing = lost && length == 0;
    if (!nothing && (skipping || !state.apply(Bytes.copyOf(line, 0, length), rejoinAfterLeave))) {
      damages++;
    }
    length = 0;
    skipping = false;
    lost = false;
  }
}
