package community.cloudy.gossip.serf.simulation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.swim.SwimConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A community of nodes in one thread, replayed exactly by its seed. */
public final class Community {
  private final VirtualTime time = new VirtualTime();
  private final SplittableRandom random;
  private final Network network;
  private final SwimConfig config;
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> falseDeaths = new ArrayList<>();
  private BiConsumer<Node, SerfEvent> listener = (node, event) -> {};
  private boolean judging = true;
  private long trace;

  /** Creates an empty one. */
  public Community(long seed, SwimConfig config) {
    this.config = config;
    random = new SplittableRandom(seed);
    network = new Network(time, random.split());
  }

  /** Also tells {@code newListener} what each node hears. */
  public void listen(BiConsumer<Node, SerfEvent> newListener) {
    listener = newListener;
  }

  /** Adds nodes that all start within ten seconds and join through the first. */
  public void grow(int count) {
    for (int i = 0; i < count; i++) {
      List<String> join = nodes.isEmpty() ? List.of() : List.of(Node.nameOf(0));
      Node node =
          new Node(nodes.size(), time, network, random.split(), config, join, this::observe);
      nodes.add(node);
      time.at(time.now() + random.nextLong(SECONDS.toNanos(10)), node::start);
    }
  }

  private void observe(Node observer, SerfEvent event) {
    listener.accept(observer, event);
    trace = 31 * trace + time.now();
    trace = 31 * trace + observer.index();
    if (event instanceof SerfEvent.MemberEvent change) {
      String name = change.member().name();
      trace = 31 * trace + name.hashCode() + change.member().status().ordinal();
      if (judging
          && event instanceof SerfEvent.MemberFailed
          && nodes.get(Node.indexOf(name)).isUp()) {
        falseDeaths.add(observer.index() + " took " + name + " for dead at " + seconds() + " s");
      }
    }
  }

  /** Returns their clock in seconds. */
  public long seconds() {
    return time.now() / SECONDS.toNanos(1);
  }

  /** Returns all nodes, those that are down too. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the node numbered {@code index}. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** Returns the network between them. */
  public Network network() {
    return network;
  }

  /** Returns their clock. */
  public VirtualTime time() {
    return time;
  }

  /** Says whether a node that is up may be taken for dead from now on. */
  public void judge(boolean on) {
    judging = on;
  }

  /** Returns each time a node that was up was declared dead while it was judged. */
  public List<String> falseDeaths() {
    return falseDeaths;
  }

  /** Returns a hash over every event of every node. */
  long trace() {
    return trace;
  }

  /** Lets {@code seconds} pass. */
  public void run(long seconds) {
    time.runUntil(time.now() + SECONDS.toNanos(seconds));
  }

  /** Runs until all nodes that are up satisfy {@code condition}; returns seconds, or -1. */
  public double runUntil(long limitSeconds, Predicate<Node> condition) {
    long start = time.now();
    long end = start + SECONDS.toNanos(limitSeconds);
    while (time.now() < end) {
      if (nodes.stream().allMatch(node -> !node.isUp() || condition.test(node))) {
        return (time.now() - start) / 1e9;
      }
      time.runUntil(time.now() + MILLISECONDS.toNanos(50));
    }
    return -1;
  }

  /** Runs until every node that is up sees {@code count} alive members; returns seconds, or -1. */
  public double runUntilAllSee(int count, long limitSeconds) {
    return runUntil(limitSeconds, node -> node.alive() == count);
  }
}
