package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A node of a Serf community: the public face of this library.
 *
 * <p>Every method may be called from any thread. Futures complete on the event loop; a continuation
 * that blocks must run elsewhere. They fail with {@link SerfException}.
 */
public final class Serf implements AutoCloseable {
  private Serf() {}

  /**
   * Binds the sockets and starts the event loop; joining goes on in the background.
   *
   * @throws SerfException if the configuration is wrong, the address is in use or the snapshot
   *     cannot be written
   */
  public static Serf start(SerfConfig config, SerfListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Returns this node. */
  public Member localMember() {
    throw new UnsupportedOperationException();
  }

  /** Returns all known members, this node included, sorted by name. */
  public List<Member> members() {
    throw new UnsupportedOperationException();
  }

  /**
   * Contacts each of {@code addresses} ({@code [name/]host[:port]}) once.
   *
   * @param ignoreOldEvents whether user events from before the join are not replayed
   * @return how many were reached; fails if none was
   */
  public CompletableFuture<Integer> join(List<String> addresses, boolean ignoreOldEvents) {
    throw new UnsupportedOperationException();
  }

  /** Leaves the community gracefully; completes when others have been told. */
  public CompletableFuture<Void> leave() {
    throw new UnsupportedOperationException();
  }

  /**
   * Declares a failed member as left.
   *
   * @param prune whether it is also forgotten at once
   */
  public CompletableFuture<Void> forceLeave(String node, boolean prune) {
    throw new UnsupportedOperationException();
  }

  /** Changes this node's tags: first removes, then sets. */
  public CompletableFuture<Void> updateTags(Map<String, String> set, Set<String> remove) {
    throw new UnsupportedOperationException();
  }

  /** Broadcasts a user event. */
  public CompletableFuture<Void> event(String name, Bytes payload, boolean coalesce) {
    throw new UnsupportedOperationException();
  }

  /** Returns the counters and gauges of the protocol, by Prometheus-style name without prefix. */
  public Map<String, Long> metrics() {
    throw new UnsupportedOperationException();
  }

  /** Stops at once, without telling anybody; others will see this node fail. */
  @Override
  public void close() {}
}
