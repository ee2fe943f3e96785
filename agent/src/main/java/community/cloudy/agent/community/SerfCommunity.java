package community.cloudy.agent.community;

import community.cloudy.agent.config.GossipConfig;
import community.cloudy.agent.config.HostPort;
import community.cloudy.agent.events.EventLog;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The community as the Serf library knows it. */
public final class SerfCommunity implements Community {
  private final Serf serf;
  private final HeardQueries queries;
  private final Optional<RpcServer> rpc;

  private SerfCommunity(Serf serf, HeardQueries queries, Optional<RpcServer> rpc) {
    this.serf = serf;
    this.queries = queries;
    this.rpc = rpc;
  }

  /**
   * Binds the gossip port, begins to join, and opens Serf's RPC where that is wanted.
   *
   * @param snapshot file that remembers the members for the next start
   * @param events where what happens is logged
   * @param left called when a client of the RPC has made this node leave
   * @throws SerfException if it cannot
   */
  public static SerfCommunity start(
      String nodeName,
      GossipConfig gossip,
      Path snapshot,
      Changes changes,
      EventLog events,
      Runnable left) {
    HeardQueries queries = new HeardQueries();
    Serf serf =
        Serf.start(
            serfConfig(nodeName, gossip, snapshot), new CommunityEvents(events, queries, changes));
    try {
      return new SerfCommunity(
          serf, queries, gossip.rpc().map(address -> openRpc(serf, address, gossip, left)));
    } catch (RuntimeException e) {
      serf.close();
      throw e;
    }
  }

  private static RpcServer openRpc(
      Serf serf, HostPort address, GossipConfig gossip, Runnable left) {
    Optional<String> key =
        gossip.rpcAuth().map(secret -> new String(secret.reveal(), StandardCharsets.UTF_8));
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

  static SerfConfig serfConfig(String nodeName, GossipConfig gossip, Path snapshot) {
    SerfConfig config =
        SerfConfig.named(nodeName, gossip.bind().toString())
            .withProfile(gossip.profile())
            .withTags(gossip.tags())
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
    serf.close();
  }
}
