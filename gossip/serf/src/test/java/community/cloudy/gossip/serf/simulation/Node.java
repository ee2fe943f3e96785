package community.cloudy.gossip.serf.simulation;

import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.cluster.Clocks;
import community.cloudy.gossip.serf.cluster.Cluster;
import community.cloudy.gossip.serf.cluster.ClusterConfig;
import community.cloudy.gossip.serf.cluster.Resolver;
import community.cloudy.gossip.serf.swim.Counters;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.swim.SwimConfig;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.StreamCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A whole node of the protocol on virtual time, that can crash and stall. */
public final class Node implements Scheduler {
  private final int index;
  private final VirtualTime time;
  private final Cluster cluster;
  private final Endpoint endpoint;
  private final Map<String, MemberStatus> view = new HashMap<>();
  private final Deque<Runnable> heldTasks = new ArrayDeque<>();
  private final Deque<Runnable> heldInput = new ArrayDeque<>();
  private Runnable started = () -> {};
  private int alive;
  private boolean up = true;
  private long stalledUntil;

  Node(
      int index,
      VirtualTime time,
      Network network,
      RandomGenerator random,
      SwimConfig config,
      List<String> join,
      BiConsumer<Node, SerfEvent> events) {
    this.index = index;
    this.time = time;
    endpoint = endpointOf(index);
    network.add(this);
    Swim.Parts parts =
        new Swim.Parts(
            config,
            Bytes.utf8(nameOf(index)),
            endpoint,
            new PacketCodec(Optional.empty(), Bytes.EMPTY, false),
            new StreamCodec(Optional.empty(), Bytes.EMPTY, false),
            network.transportOf(this),
            this,
            random,
            new Counters());
    cluster =
        new Cluster(
            ClusterConfig.defaults(config.probeInterval()),
            parts,
            new Cluster.Surroundings(
                this::resolve,
                join,
                Optional.empty(),
                keys -> {},
                event -> {
                  remember(event);
                  events.accept(this, event);
                }));
  }

  /** Returns the name of the node numbered {@code index}. */
  public static String nameOf(int index) {
    return "n" + index;
  }

  /** Returns the number of the node called {@code name}. */
  public static int indexOf(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private static Endpoint endpointOf(int index) {
    return new Endpoint(Bytes.wrap(new byte[] {10, 0, (byte) (index >> 8), (byte) index}), 7946);
  }

  private void resolve(String address, java.util.function.Consumer<Resolver.Resolution> done) {
    Resolver.Resolution found =
        new Resolver.Resolution(List.of(endpointOf(indexOf(address))), Optional.empty());
    schedule(0, () -> done.accept(found));
  }

  void start() {
    cluster.start(new TreeMap<>(), Clocks.Times.NONE, List.of());
    started.run();
  }

  /** Runs {@code task} right after the node has started. */
  public void whenStarted(Runnable task) {
    started = task;
  }

  private void remember(SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent change) {
      Member member = change.member();
      MemberStatus before =
          event instanceof SerfEvent.MemberReaped
              ? view.remove(member.name())
              : view.put(member.name(), member.status());
      alive += member.status() == MemberStatus.ALIVE ? 1 : 0;
      alive -= before == MemberStatus.ALIVE ? 1 : 0;
    }
  }

  /** Returns its number. */
  public int index() {
    return index;
  }

  /** Returns where it gossips. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Returns its protocol. */
  public Cluster cluster() {
    return cluster;
  }

  Transport.Inbound inbound() {
    return cluster.inbound();
  }

  /** Tells whether it has not crashed. */
  public boolean isUp() {
    return up;
  }

  /** Returns how many members this node takes for alive. */
  public int alive() {
    return alive;
  }

  /** Returns what this node believes of another. */
  public MemberStatus statusOf(int other) {
    return view.get(nameOf(other));
  }

  /** Stops it without a word. */
  public void crash() {
    up = false;
  }

  /** Stops the event loop; what it missed runs at the end, timers before packets. */
  public void stall(long nanos) {
    stalledUntil = time.now() + nanos;
    time.at(stalledUntil, this::catchUp);
  }

  private void catchUp() {
    drain(heldTasks);
    drain(heldInput);
  }

  private static void drain(Deque<Runnable> held) {
    for (Runnable next = held.poll(); next != null; next = held.poll()) {
      next.run();
    }
  }

  private void run(Runnable action, Deque<Runnable> held) {
    if (!up) {
      return;
    }
    if (time.now() < stalledUntil) {
      held.add(action);
    } else {
      action.run();
    }
  }

  void receive(Runnable input) {
    run(input, heldInput);
  }

  @Override
  public long nanoTime() {
    return time.now();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return time.at(time.now() + delayNanos, () -> run(task, heldTasks));
  }
}
