package community.cloudy.agent.community;

import community.cloudy.agent.config.GossipConfig;
import community.cloudy.agent.config.HostPort;
import community.cloudy.agent.events.EventLog;
import community.cloudy.auth.Secret;
import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.DiscoveryConfig;
import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfConfig;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.rpc.RpcServer;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The community as the Serf library knows it. */
public final class SerfCommunity implements Community {
  private final Serf serf;
  private final HeardQueries queries;
  private final Discovery discovery;
  private final Optional<RpcServer> rpc;

  private SerfCommunity(
      Serf serf, HeardQueries queries, Discovery discovery, Optional<RpcServer> rpc) {
    this.serf = serf;
    this.queries = queries;
    this.discovery = discovery;
    this.rpc = rpc;
  }

  /**
   * Binds the gossip port, begins to join, to announce and to discover, and opens Serf's RPC where
   * that is wanted.
   *
   * @param place where it says that this node stands
   * @param snapshot file that remembers the members for the next start
   * @param discovery who this node is and what it announces
   * @param news where it is told what happens
   * @param left called when a client of the RPC has made this node leave
   * @throws SerfException if gossip cannot start
   * @throws community.cloudy.gossip.discovery.DiscoveryException if discovery cannot
   */
  public static SerfCommunity start(
      GossipConfig gossip,
      Optional<Place> place,
      Path snapshot,
      DiscoveryConfig discovery,
      News news,
      Runnable left) {
    HeardQueries queries = new HeardQueries();
    Serf serf =
        Serf.start(
            serfConfig(discovery.node(), gossip, place, snapshot),
            new CommunityEvents(news.events(), queries, news.changes()));
    try {
      return start(serf, queries, gossip, discovery, news, left);
    } catch (RuntimeException e) {
      serf.close();
      throw e;
    }
  }

  private static SerfCommunity start(
      Serf serf,
      HeardQueries queries,
      GossipConfig gossip,
      DiscoveryConfig config,
      News news,
      Runnable left) {
    Discovery discovery =
        Discovery.start(
            config, serf, news.clock(), new ServiceEvents(news.events(), news.changes()));
    try {
      return new SerfCommunity(
          serf,
          queries,
          discovery,
          gossip.rpc().map(address -> openRpc(serf, address, gossip, left)));
    } catch (RuntimeException e) {
      discovery.close();
      throw e;
    }
  }

  /**
   * Where a node is told what happens.
   *
   * @param changes says that something has changed
   * @param events the log
   * @param clock the time of day
   */
  public record News(Changes changes, EventLog events, InstantSource clock) {}

  private static RpcServer openRpc(
      Serf serf, HostPort address, GossipConfig gossip, Runnable left) {
    Optional<String> key = gossip.rpcAuth().map(Secret::revealText);
    try {
      InetAddress host = InetAddress.getByName(address.host());
      return RpcServer.start(serf, new InetSocketAddress(host, address.port()), key, left);
    } catch (IOException e) {
      throw new SerfException(
          SerfException.Code.BIND,
          "Could not listen for Serf's RPC on "
              + address
              + ": "
              + e.getMessage()
              + ". Choose another gossip.rpc, or stop what uses it.",
          e);
    }
  }

  static SerfConfig serfConfig(
      String nodeName, GossipConfig gossip, Optional<Place> place, Path snapshot) {
    SerfConfig config =
        SerfConfig.named(nodeName, gossip.bind().toString())
            .withProfile(gossip.profile())
            .withTags(tags(gossip, place))
            .withKeys(gossip.keys().stream().map(key -> Bytes.wrap(key.reveal())).toList())
            .withLabel(gossip.label())
            .withCompression(gossip.compression())
            .withJoin(gossip.join())
            .withSnapshot(snapshot);
    SerfConfig advertised =
        gossip
            .advertise()
            .map(advertise -> config.withAdvertise(advertise.toString()))
            .orElse(config);
    return gossip.keyringFile().map(advertised::withKeyringFile).orElse(advertised);
  }

  private static Map<String, String> tags(GossipConfig gossip, Optional<Place> place) {
    Map<String, String> tags = new HashMap<>();
    place.ifPresent(known -> tags.put(Place.TAG, known.tag()));
    tags.putAll(gossip.tags());
    tags.putAll(Discovery.initialTags());
    return tags;
  }

  @Override
  public Services services() {
    return new DiscoveredServices(discovery);
  }

  @Override
  public Member localMember() {
    return serf.localMember();
  }

  @Override
  public List<Member> members() {
    return serf.members();
  }

  @Override
  public CompletableFuture<Integer> join(List<String> addresses, boolean ignoreOldEvents) {
    return serf.join(addresses, ignoreOldEvents);
  }

  @Override
  public CompletableFuture<Void> leave() {
    return serf.leave();
  }

  @Override
  public CompletableFuture<Void> leaveForNow() {
    return serf.leaveForNow();
  }

  @Override
  public CompletableFuture<Void> forceLeave(String node, boolean prune) {
    return serf.forceLeave(node, prune);
  }

  @Override
  public CompletableFuture<Void> updateTags(Map<String, String> set, Set<String> remove) {
    return serf.updateTags(set, remove);
  }

  @Override
  public CompletableFuture<Void> event(String name, Bytes payload, boolean coalesce) {
    return serf.event(name, payload, coalesce);
  }

  @Override
  public CompletableFuture<Void> query(QueryRequest request, QueryListener answers) {
    return serf.query(request, answers);
  }

  @Override
  public boolean answer(String query, Bytes payload) {
    return queries.answer(query, payload);
  }

  @Override
  public CompletableFuture<KeyReport> listKeys() {
    return serf.listKeys();
  }

  @Override
  public CompletableFuture<KeyReport> installKey(Bytes key) {
    return serf.installKey(key);
  }

  @Override
  public CompletableFuture<KeyReport> useKey(Bytes key) {
    return serf.useKey(key);
  }

  @Override
  public CompletableFuture<KeyReport> removeKey(Bytes key) {
    return serf.removeKey(key);
  }

  @Override
  public Coordinates coordinates() {
    return new Coordinates(serf.coordinates());
  }

  @Override
  public Map<String, Long> metrics() {
    return serf.metrics();
  }

  @Override
  public void close() {
    rpc.ifPresent(RpcServer::close);
    discovery.close();
    serf.close();
  }
}
