package community.cloudy.agent;

import community.cloudy.agent.community.Changes;
import community.cloudy.agent.community.Community;
import community.cloudy.agent.community.Coordinates;
import community.cloudy.agent.events.EventLog;
import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A community that does as it is told and remembers what it was asked. */
public final class FakeCommunity implements Community {
  private final Changes changes;
  private final EventLog events = new EventLog(() -> Instant.EPOCH, new SplittableRandom(1));
  private final SortedMap<String, Member> members = new TreeMap<>();
  private final Map<String, Coordinate> located = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final FakeServices services = new FakeServices();
  private final String self;
  private QueryListener listener = new Deaf();
  private KeyReport report = new KeyReport(1, 1, 0, Map.of(), Map.of(), Map.of());

  private static final class Deaf implements QueryListener {
    @Override
    public void acknowledged(String from) {}

    @Override
    public void answered(String from, Bytes payload) {}

    @Override
    public void finished() {}
  }

  public FakeCommunity(String self, Changes changes) {
    this.self = self;
    this.changes = changes;
    set(self, MemberStatus.ALIVE, Map.of("role", "proxy"));
  }

  /** Adds or replaces a member and tells of the change. */
  public synchronized void set(String name, MemberStatus status, Map<String, String> tags) {
    Bytes address = Bytes.wrap(new byte[] {10, 0, 0, (byte) (members.size() + 1)});
    members.put(
        name,
        new Member(
            name,
            new Endpoint(address, 7946),
            new TreeMap<>(tags),
            status,
            new Member.Versions(1, 5, 2, 2, 5, 5)));
    changes.signal();
  }

  /** Returns the log in which what happens here is kept. */
  public EventLog events() {
    return events;
  }

  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized Member localMember() {
    Member member = members.get(self);
    if (member == null) {
      throw new AssertionError("no such member");
    }
    return member;
  }

  @Override
  public synchronized List<Member> members() {
    return List.copyOf(members.values());
  }

  @Override
  public synchronized CompletableFuture<Integer> join(List<String> addresses, boolean ignore) {
    asked.add("join " + addresses + " " + ignore);
    return addresses.contains("nowhere")
        ? CompletableFuture.failedFuture(
            new SerfException(
                SerfException.Code.UNREACHABLE, "Could not join nowhere: no such host."))
        : CompletableFuture.completedFuture(addresses.size());
  }

  @Override
  public synchronized CompletableFuture<Void> leave() {
    asked.add("leave");
    set(self, MemberStatus.LEFT, Map.of());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> leaveForNow() {
    asked.add("leave for now");
    set(self, MemberStatus.LEFT, Map.of());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> forceLeave(String node, boolean prune) {
    asked.add("force-leave " + node + " " + prune);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> updateTags(
      Map<String, String> set, Set<String> remove) {
    asked.add("tags " + new TreeMap<>(set) + " without " + new TreeSet<>(remove));
    Map<String, String> tags = new TreeMap<>(localMember().tags());
    tags.keySet().removeAll(remove);
    tags.putAll(set);
    set(self, MemberStatus.ALIVE, tags);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> event(String name, Bytes payload, boolean coalesce) {
    if (name.length() + payload.length() > 512) {
      return CompletableFuture.failedFuture(
          new SerfException(
              SerfException.Code.INVALID, "user event exceeds configured limit of 512 bytes"));
    }
    asked.add("event " + name + " " + payload + " " + coalesce);
    return CompletableFuture.completedFuture(null);
  }

  /** Returns who hears the answers to the last question. */
  public synchronized QueryListener listener() {
    return listener;
  }

  @Override
  public synchronized CompletableFuture<Void> query(QueryRequest request, QueryListener answers) {
    if (request.payload().length() > 1024) {
      return CompletableFuture.failedFuture(
          new SerfException(SerfException.Code.INVALID, "query exceeds limit of 1024 bytes"));
    }
    listener = answers;
    asked.add(request.toString());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized boolean answer(String query, Bytes payload) {
    asked.add("answer " + query + " " + payload);
    if (payload.length() > 1024) {
      throw new SerfException(SerfException.Code.INVALID, "response exceeds limit of 1024 bytes");
    }
    return query.equals("7-1");
  }

  /** Sets what members say about keys from now on. */
  public synchronized void report(KeyReport next) {
    report = next;
  }

  private synchronized CompletableFuture<KeyReport> keys(String asking) {
    asked.add(asking);
    return CompletableFuture.completedFuture(report);
  }

  @Override
  public CompletableFuture<KeyReport> listKeys() {
    return keys("list keys");
  }

  @Override
  public CompletableFuture<KeyReport> installKey(Bytes key) {
    return keys("install key of " + key.length());
  }

  @Override
  public CompletableFuture<KeyReport> useKey(Bytes key) {
    return keys("use key of " + key.length());
  }

  @Override
  public CompletableFuture<KeyReport> removeKey(Bytes key) {
    return keys("remove key of " + key.length());
  }

  /** Puts a member so far from the origin. */
  public synchronized void locate(String name, Duration away) {
    double[] vector = new double[Coordinate.DIMENSIONS];
    vector[0] = away.toNanos() / 1e9;
    located.put(name, new Coordinate(vector, 0.5, 0, 0));
  }

  @Override
  public synchronized Coordinates coordinates() {
    return new Coordinates(Map.copyOf(located));
  }

  @Override
  public FakeServices services() {
    return services;
  }

  @Override
  public Map<String, Long> metrics() {
    return Map.of("packets_received_total", 7L, "queue_length", 2L);
  }

  @Override
  public synchronized void close() {
    asked.add("close");
  }
}
