package community.cloudy.gossip.serf.snapshot;

import community.cloudy.gossip.serf.snapshot.SnapshotState.Clocks;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the living members and the clocks across restarts and power cuts (specification B10).
 *
 * <p>Recording never waits for the disk, so the event loop may do it: changes gather in memory, one
 * per member at most, and a thread of its own writes them at least every 500 ms. While the disk is
 * full or away membership goes on, and the file catches up when it can.
 *
 * <p>Lines are not synced one by one. Losing the last seconds in a power cut costs a join attempt
 * at a node that has gone, while a sync a line would wear out the flash of a small box. Compaction,
 * {@link #leave} and {@link #close} do sync.
 */
public final class Snapshot implements AutoCloseable {
  /** When a file is compacted at the earliest, in bytes: Serf's own figure. */
  public static final long MIN_COMPACT_BYTES = 128 * 1024;

  private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

  private final Previous previous;
  private final SnapshotWriter writer;

  private Snapshot(Previous previous, SnapshotWriter writer) {
    this.previous = previous;
    this.writer = writer;
  }

  /** A member that was alive when last heard of. */
  public record Peer(Bytes name, Endpoint endpoint) {}

  /**
   * What the file said when it was opened.
   *
   * @param members in no order that means anything
   * @param clock the member clock, unsigned like the others; 0 if none was recorded
   * @param damages how many stretches of the file could not be used
   */
  public record Previous(
      List<Peer> members, long clock, long eventClock, long queryClock, int damages) {
    /** Copies the list. */
    public Previous {
      members = List.copyOf(members);
    }
  }

  /**
   * Replays the file, if there is one, and goes on writing to it. Damage never keeps a node from
   * starting: it is skipped, and the first damaged file is kept beside as {@code PATH.damaged}.
   *
   * @param minCompactBytes how large the file grows before it is compacted, at least; {@link
   *     #MIN_COMPACT_BYTES} unless told
   * @param rejoinAfterLeave whether members and clocks are kept through a {@link #leave}
   * @throws IOException if there is something at {@code path} that cannot be read
   */
  public static Snapshot open(Path path, long minCompactBytes, boolean rejoinAfterLeave)
      throws IOException {
    Path compact = SnapshotFile.compactOf(path);
    // Serf removes the old file before it renames the new, so a crash may leave only that.
    boolean interrupted = Files.notExists(path) && Files.exists(compact);
    Replay replay = replay(interrupted ? compact : path, rejoinAfterLeave);
    if (replay.damages() > 0) {
      keepDamaged(path);
    }
    SnapshotState state = replay.state();
    SnapshotWriter writer =
        new SnapshotWriter(state.copy(), new SnapshotFile(path), minCompactBytes, rejoinAfterLeave);
    if (interrupted || replay.torn() || replay.damages() > 0) {
      writer.rewrite();
    }
    Clocks clocks = state.clocks();
    List<Peer> members =
        state.alive().entrySet().stream().map(e -> new Peer(e.getKey(), e.getValue())).toList();
    log.info("snapshot replayed members={} damages={}", members.size(), replay.damages());
    return new Snapshot(
        new Previous(members, clocks.member(), clocks.event(), clocks.query(), replay.damages()),
        writer);
  }

  /** Returns what the file said when it was opened. */
  public Previous previous() {
    return previous;
  }

  /**
   * Records that a member is alive. Names are the peers' to choose: one that the format cannot hold
   * (empty, above 512 bytes, with a line feed or NUL) is left out and counted.
   */
  public void alive(Bytes name, Endpoint endpoint) {
    writer.alive(name, endpoint);
  }

  /** Records that a member has failed or left. */
  public void notAlive(Bytes name) {
    writer.notAlive(name);
  }

  /** Records the last times seen on each clock, unsigned; a lower one than before is ignored. */
  public void clocks(long member, long event, long query) {
    writer.clocks(new Clocks(member, event, query));
  }

  /** Records that this node leaves on purpose; after that nothing else is recorded. */
  public void leave() {
    writer.leave();
  }

  /**
   * Writes everything now. Waits for the disk: not for the event loop.
   *
   * @return false if it could not be written; see {@link #problem}
   */
  public boolean flush() {
    return writer.flush();
  }

  /** Returns how many members were left out, for their name or their number. */
  public long refused() {
    return writer.refused();
  }

  /** Returns why the last attempt to write failed, if it did. */
  public Optional<String> problem() {
    return writer.problem();
  }

  /** Writes and syncs everything and ends the thread; gives a stuck disk ten seconds. */
  @Override
  public void close() {
    writer.close();
  }

  private static Replay replay(Path path, boolean rejoinAfterLeave) throws IOException {
    Replay replay = new Replay(rejoinAfterLeave);
    if (Files.exists(path)) {
      if (!Files.isRegularFile(path)) {
        throw new IOException("Could not read the snapshot " + path + ": it is not a file.");
      }
      try (InputStream in = Files.newInputStream(path)) {
        replay.read(in);
      }
    }
    return replay;
  }

  private static void keepDamaged(Path path) {
    Path kept = path.resolveSibling(path.getFileName() + ".damaged");
    try {
      // The rewrite that follows puts a new file in place, so a second name keeps the old one.
      if (Files.notExists(kept)) {
        Files.createLink(kept, path);
      }
      log.warn("snapshot is damaged file={} kept={}", path, kept);
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("snapshot is damaged and could not be kept file={}", path, e);
    }
  }
}
