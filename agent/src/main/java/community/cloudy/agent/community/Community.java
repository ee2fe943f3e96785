package community.cloudy.agent.community;

import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.wire.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the agent asks of the gossip community. Every method may be called from any thread; futures
 * fail with {@link community.cloudy.gossip.serf.SerfException}.
 */
public interface Community extends AutoCloseable {
  /** Returns this node. */
  Member localMember();

  /** Returns the address at which others reach this node. */
  default InetAddress address() {
    try {
      return InetAddress.getByAddress(localMember().endpoint().address().array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a member's address is no IP address", e);
    }
  }

  /** Returns all known members, this node included, sorted by name. */
  List<Member> members();

  /**
   * Contacts each of {@code addresses} ({@code [name/]host[:port]}) once.
   *
   * @return how many were reached; fails if none was
   */
  CompletableFuture<Integer> join(List<String> addresses, boolean ignoreOldEvents);

  /** Leaves gracefully and for good; completes when others have been told. */
  CompletableFuture<Void> leave();

  /** Leaves gracefully, to come back by itself at the next start. */
  CompletableFuture<Void> leaveForNow();

  /** Declares a failed member as left; {@code prune} also forgets it at once. */
  CompletableFuture<Void> forceLeave(String node, boolean prune);

  /** Changes what this node tells of itself: first removes, then sets. */
  CompletableFuture<Void> updateTags(Map<String, String> set, Set<String> remove);

  /** Sends a user event to everybody; fails if name and payload are too long together. */
  CompletableFuture<Void> event(String name, Bytes payload, boolean coalesce);

  /**
   * Asks everybody, or some; completes once the question is on its way.
   *
   * @param answers hears the answers on the gossip loop: it must return at once
   */
  CompletableFuture<Void> query(QueryRequest request, QueryListener answers);

  /**
   * Answers a question of another node, one of the last that were heard; tells whether it is.
   *
   * @param query the id that its event has
   * @throws community.cloudy.gossip.serf.SerfException if its time is over or the answer too long
   */
  boolean answer(String query, Bytes payload);

  /** Asks all members which keys they have. */
  CompletableFuture<KeyReport> listKeys();

  /** Has all members accept gossip that is encrypted with {@code key}. */
  CompletableFuture<KeyReport> installKey(Bytes key);

  /** Has all members encrypt with {@code key}, which must be installed everywhere. */
  CompletableFuture<KeyReport> useKey(Bytes key);

  /** Has all members forget {@code key}. */
  CompletableFuture<KeyReport> removeKey(Bytes key);

  /** Returns what the members offer each other. */
  Services services();

  /** Returns where members are in the space of round trips. */
  Coordinates coordinates();

  /** Returns the protocol's counters and gauges by Prometheus-style name without prefix. */
  Map<String, Long> metrics();

  /** Stops at once, without telling anybody. */
  @Override
  void close();
}
