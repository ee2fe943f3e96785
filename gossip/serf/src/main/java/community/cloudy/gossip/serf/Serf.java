package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.cluster.Clocks;
import community.cloudy.gossip.serf.cluster.Cluster;
import community.cloudy.gossip.serf.cluster.ClusterConfig;
import community.cloudy.gossip.serf.cluster.KeyChange;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.swim.Counters;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.swim.SwimConfig;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.EventLoop;
import community.cloudy.gossip.serf.transport.Framer;
import community.cloudy.gossip.serf.transport.NioTransport;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.transport.StreamLimits;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Keyring;
import community.cloudy.gossip.serf.wire.Limits;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.StreamCodec;
import community.cloudy.gossip.serf.wire.StreamFramer;
import community.cloudy.gossip.serf.wire.TagsCodec;
import community.cloudy.gossip.serf.wire.WireException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node of a Serf community: the public face of this library.
 *
 * <p>Every method may be called from any thread. Futures complete on the event loop; a continuation
 * that blocks must run elsewhere. They fail with {@link SerfException}.
 */
public final class Serf implements AutoCloseable {
  /** How long callers wait for an event loop that should answer within milliseconds. */
  private static final long CALL_SECONDS = 10;

  private final EventLoop loop;
  private final NioTransport transport;
  private final HostResolver resolver;
  private final Cluster cluster;
  private final Optional<Memory> memory;
  private final Listeners listeners;

  private Serf(
      EventLoop loop,
      NioTransport transport,
      HostResolver resolver,
      Cluster cluster,
      Optional<Memory> memory,
      Listeners listeners) {
    this.listeners = listeners;
    this.loop = loop;
    this.transport = transport;
    this.resolver = resolver;
    this.cluster = cluster;
    this.memory = memory;
  }

  /**
   * Binds the sockets and starts the event loop; joining goes on in the background.
   *
   * @throws SerfException if the configuration is wrong, the address is in use or the snapshot
   *     cannot be written
   */
  public static Serf start(SerfConfig config, SerfListener listener) {
    EventLoop loop;
    try {
      loop = EventLoop.start("serf-" + config.nodeName());
    } catch (IOException e) {
      throw new SerfException(Code.BIND, "Could not start the event loop: " + e.getMessage(), e);
    }
    try {
      return start(config, listener, loop);
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static Serf start(SerfConfig config, SerfListener listener, EventLoop loop) {
    SortedMap<Bytes, Bytes> tags = bytes(config.tags());
    Listeners listeners = new Listeners();
    listeners.add(listener);
    Cluster.encode(tags);
    SecureRandom secure = new SecureRandom();
    Optional<Keyring> keyring = keyring(config.keys(), secure::nextBytes);
    Bytes label = Bytes.utf8(config.label());
    SwimConfig timers = SwimConfig.of(config.profile());
    LateInbound inbound = new LateInbound();
    NioTransport transport = bind(config, loop, inbound, timers.tcpTimeout());
    try {
      Swim.Parts parts =
          new Swim.Parts(
              timers,
              Bytes.utf8(config.nodeName()),
              advertised(config, transport.localAddress()),
              new PacketCodec(keyring, label, config.compression()),
              new StreamCodec(keyring, label, config.compression()),
              transport,
              loop,
              secure,
              new Counters());
      HostResolver resolver = new HostResolver(loop, parts.endpoint().port());
      Optional<Memory> memory = config.snapshot().map(file -> Memory.open(file, parts.name()));
      Cluster cluster =
          new Cluster(
              ClusterConfig.defaults(timers.probeInterval()),
              parts,
              new Cluster.Surroundings(
                  resolver,
                  config.join(),
                  keyring,
                  keys -> config.keyringFile().ifPresent(file -> KeyringFile.write(file, keys)),
                  event -> {
                    memory.ifPresent(open -> open.record(event));
                    listeners.tell(LoopResponder.of(loop, event));
                  }));
      Serf serf = new Serf(loop, transport, resolver, cluster, memory, listeners);
      serf.call(
          () -> {
            inbound.connect(cluster.inbound());
            cluster.start(
                tags,
                memory.map(Memory::clocks).orElse(Clocks.Times.NONE),
                memory.map(Memory::previous).orElse(List.of()));
            memory.ifPresent(open -> open.watch(loop, cluster));
            return true;
          });
      return serf;
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private static Optional<Keyring> keyring(List<Bytes> keys, Consumer<byte[]> nonces) {
    try {
      return keys.isEmpty() ? Optional.empty() : Optional.of(new Keyring(keys, nonces));
    } catch (IllegalArgumentException e) {
      throw new SerfException(
          Code.INVALID, "Could not use the encryption keys: " + e.getMessage() + ".", e);
    }
  }

  private static NioTransport bind(
      SerfConfig config, EventLoop loop, LateInbound inbound, long timeout) {
    InetSocketAddress local = Addresses.resolve(config.bind(), SerfConfig.DEFAULT_PORT);
    try {
      return NioTransport.bind(loop, local, inbound, Serf::framer, StreamLimits.defaults(timeout));
    } catch (IOException e) {
      throw new SerfException(
          Code.BIND,
          "Could not listen for gossip: "
              + e.getMessage()
              + ". Choose another gossip.bind, or stop what uses it.",
          e);
    }
  }

  private static Framer framer() {
    StreamFramer framer = new StreamFramer(Limits.STREAM);
    return (data, length) -> {
      try {
        return framer.end(data, length);
      } catch (WireException e) {
        throw new IOException(e);
      }
    };
  }

  private static Endpoint advertised(SerfConfig config, InetSocketAddress bound) {
    if (config.advertise().isPresent()) {
      InetSocketAddress told = Addresses.resolve(config.advertise().orElseThrow(), bound.getPort());
      return Addresses.endpoint(told.getAddress(), told.getPort());
    }
    return Addresses.endpoint(Addresses.toAdvertise(bound.getAddress()), bound.getPort());
  }

  private static SortedMap<Bytes, Bytes> bytes(Map<String, String> tags) {
    SortedMap<Bytes, Bytes> bytes = new TreeMap<>();
    tags.forEach((key, value) -> bytes.put(Bytes.utf8(key), Bytes.utf8(value)));
    return bytes;
  }

  /** Returns this node. */
  public Member localMember() {
    return call(cluster::localMember);
  }

  /** Returns all known members, this node included, sorted by name. */
  public List<Member> members() {
    return call(cluster::members).stream().sorted(Comparator.comparing(Member::name)).toList();
  }

  /**
   * Contacts each of {@code addresses} ({@code [name/]host[:port]}) once.
   *
   * @param ignoreOldEvents whether user events from before the join are not replayed
   * @return how many were reached; fails if none was
   */
  public CompletableFuture<Integer> join(List<String> addresses, boolean ignoreOldEvents) {
    return later(
        (CompletableFuture<Integer> done) ->
            cluster.join(
                addresses,
                ignoreOldEvents,
                outcome -> {
                  if (outcome.reached() > 0) {
                    done.complete(outcome.reached());
                  } else {
                    done.completeExceptionally(
                        new SerfException(
                            Code.UNREACHABLE,
                            "Could not join: " + String.join("; ", outcome.failures())));
                  }
                }));
  }

  /**
   * Leaves the community gracefully and for good: the snapshot forgets its members. Completes when
   * others have been told.
   */
  public CompletableFuture<Void> leave() {
    memory.ifPresent(Memory::leave);
    return leaveForNow();
  }

  /** Leaves gracefully, but finds the community again at the next start. */
  public CompletableFuture<Void> leaveForNow() {
    return later(done -> cluster.leave(() -> done.complete(null)));
  }

  /**
   * Declares a failed member as left.
   *
   * @param prune whether it is also forgotten at once
   */
  public CompletableFuture<Void> forceLeave(String node, boolean prune) {
    return later(done -> cluster.forceLeave(Bytes.utf8(node), prune, () -> done.complete(null)));
  }

  /** Changes this node's tags: first removes, then sets. */
  public CompletableFuture<Void> updateTags(Map<String, String> set, Set<String> remove) {
    return later(
        done -> {
          SortedMap<Bytes, Bytes> tags = cluster.tags();
          remove.forEach(key -> tags.remove(Bytes.utf8(key)));
          tags.putAll(bytes(set));
          cluster.setTags(tags, () -> done.complete(null));
        });
  }

  /** Broadcasts a user event. */
  public CompletableFuture<Void> event(String name, Bytes payload, boolean coalesce) {
    return later(
        done -> {
          cluster.userEvent(Bytes.utf8(name), payload, coalesce);
          done.complete(null);
        });
  }

  /**
   * Asks the community; the future completes once the question is on its way.
   *
   * @param answers hears the answers on the event loop
   */
  public CompletableFuture<Void> query(QueryRequest request, QueryListener answers) {
    return later(
        done -> {
          cluster.query(request, answers);
          done.complete(null);
        });
  }

  /** Asks all members to accept messages encrypted with {@code key}. */
  public CompletableFuture<KeyReport> installKey(Bytes key) {
    return later(done -> cluster.changeKey(KeyChange.INSTALL, key, done::complete));
  }

  /** Asks all members to encrypt with {@code key}, which must be installed everywhere. */
  public CompletableFuture<KeyReport> useKey(Bytes key) {
    return later(done -> cluster.changeKey(KeyChange.USE, key, done::complete));
  }

  /** Asks all members to forget {@code key}. */
  public CompletableFuture<KeyReport> removeKey(Bytes key) {
    return later(done -> cluster.changeKey(KeyChange.REMOVE, key, done::complete));
  }

  /** Asks all members which keys they have. */
  public CompletableFuture<KeyReport> listKeys() {
    return later(done -> cluster.listKeys(done::complete));
  }

  /** Returns where {@code node} is in the space of round trips, if that is known. */
  public Optional<Coordinate> coordinate(String node) {
    return call(() -> cluster.coordinate(Bytes.utf8(node)));
  }

  /** Returns where members are in the space of round trips, for those of which that is known. */
  public Map<String, Coordinate> coordinates() {
    return call(
        () -> {
          Map<String, Coordinate> known = new TreeMap<>();
          for (Member member : cluster.members()) {
            cluster
                .coordinate(Bytes.utf8(member.name()))
                .ifPresent(coordinate -> known.put(member.name(), coordinate));
          }
          return known;
        });
  }

  /**
   * Opens the application's own channel among the members that have {@code tag}; once in a node's
   * life. The link is used on the event loop only.
   */
  public ChannelLink open(String tag, Channel handler) {
    return call(() -> cluster.open(tag, handler));
  }

  /** Returns the event loop's clock and timers; they may be used from any thread. */
  public Scheduler scheduler() {
    return loop;
  }

  /** Tells whether {@code tags} are few enough to be told to the others: 512 bytes, encoded. */
  public static boolean fit(Map<String, String> tags) {
    return TagsCodec.fit(bytes(tags));
  }

  /**
   * Tells {@code listener} of events from now on.
   *
   * @return stops that
   */
  public Runnable listen(SerfListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Returns the counters and gauges of the protocol, by Prometheus-style name without prefix. */
  public Map<String, Long> metrics() {
    Map<String, Long> metrics = new TreeMap<>(transport.metrics());
    metrics.put("event_loop_failures_total", loop.failures());
    call(
        () -> {
          cluster.report(metrics);
          return true;
        });
    return metrics;
  }

  private <T> CompletableFuture<T> later(Consumer<CompletableFuture<T>> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Runnable guarded =
        () -> {
          try {
            task.accept(done);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        };
    try {
      loop.execute(guarded);
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(closed(e));
    }
    return done;
  }

  private <T> T call(Supplier<T> task) {
    if (loop.inLoop()) {
      return task.get();
    }
    CompletableFuture<T> result = later(done -> done.complete(task.get()));
    try {
      return result.get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SerfException cause ? cause : closed(e);
    } catch (TimeoutException e) {
      throw new SerfException(
          Code.TIMEOUT, "The event loop has not answered for " + CALL_SECONDS + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed(e);
    }
  }

  private static SerfException closed(Exception cause) {
    return new SerfException(Code.CLOSED, "The node is closed.", cause);
  }

  /** Stops at once, without telling anybody; others will see this node fail. */
  @Override
  public void close() {
    try {
      loop.execute(cluster::stop);
    } catch (RejectedExecutionException e) {
      // Closed before.
    }
    transport.close();
    resolver.close();
    loop.close();
    memory.ifPresent(Memory::close);
  }
}
