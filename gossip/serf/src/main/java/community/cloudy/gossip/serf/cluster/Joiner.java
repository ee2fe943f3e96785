package community.cloudy.gossip.serf.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins through the configured addresses: tried for ever until one answers, and again whenever this
 * node finds itself alone. While it has company, an address nobody known lives at is still tried
 * now and then, so that two halves that started apart find each other.
 */
final class Joiner {
  private static final Logger LOG = LoggerFactory.getLogger(Joiner.class);
  private static final long FIRST_RETRY = SECONDS.toNanos(1);
  private static final long LAST_RETRY = SECONDS.toNanos(30);
  private static final int PREVIOUS_AT_ONCE = 5;
  private static final long LOOK_AGAIN = SECONDS.toNanos(60);

  private final Swim swim;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Resolver resolver;
  private final List<String> addresses;
  private final Runnable joined;
  private List<Endpoint> previous = List.of();
  private long delay = FIRST_RETRY;
  private boolean stopped;

  Joiner(
      Swim swim,
      Scheduler scheduler,
      RandomGenerator random,
      Resolver resolver,
      List<String> addresses,
      Runnable joined) {
    this.swim = swim;
    this.scheduler = scheduler;
    this.random = random;
    this.resolver = resolver;
    this.addresses = addresses;
    this.joined = joined;
  }

  void start(List<Endpoint> formerMembers) {
    previous = new ArrayList<>(formerMembers);
    if (!addresses.isEmpty() || !previous.isEmpty()) {
      scheduler.schedule(0, this::attempt);
    }
  }

  void stop() {
    stopped = true;
  }

  private void attempt() {
    if (stopped) {
      return;
    }
    if (swim.hasCompany()) {
      lookAgain();
      return;
    }
    List<String> targets = targets();
    join(
        targets,
        outcome -> {
          if (outcome.reached() > 0) {
            LOG.info("joined: {} of {} addresses answered", outcome.reached(), targets.size());
            delay = FIRST_RETRY;
            joined.run();
            later(LOOK_AGAIN);
          } else if (outcome.failures().isEmpty()) {
            later(LAST_RETRY);
          } else {
            LOG.warn(
                "could not join, trying again in {} s: {}",
                SECONDS.convert(delay, java.util.concurrent.TimeUnit.NANOSECONDS),
                String.join("; ", outcome.failures()));
            later(delay);
            delay = Math.min(2 * delay, LAST_RETRY);
          }
        });
  }

  /** Returns the addresses to join and some of the former members, others each time. */
  private List<String> targets() {
    List<String> targets = new ArrayList<>(addresses);
    for (int i = 0; i < Math.min(PREVIOUS_AT_ONCE, previous.size()); i++) {
      Collections.swap(previous, i, i + random.nextInt(previous.size() - i));
      targets.add(previous.get(i).toString());
    }
    return targets;
  }

  private void later(long nanos) {
    scheduler.schedule(nanos + random.nextLong(nanos / 8), this::attempt);
  }

  private void lookAgain() {
    later(LOOK_AGAIN);
    if (addresses.isEmpty()) {
      return;
    }
    String address = addresses.get(random.nextInt(addresses.size()));
    resolver.resolve(
        address,
        resolution -> {
          for (Endpoint endpoint : resolution.endpoints()) {
            if (swim.peers().stream().noneMatch(peer -> peer.endpoint().equals(endpoint))) {
              swim.exchange(endpoint, true, failure -> {});
            }
          }
        });
  }

  /** Contacts each address once. */
  void join(List<String> targets, Consumer<JoinOutcome> done) {
    Round round = new Round(targets.size(), done);
    for (String target : targets) {
      resolver.resolve(target, resolution -> contact(target, resolution, round));
    }
    if (targets.isEmpty()) {
      done.accept(new JoinOutcome(0, List.of("no address given")));
    }
  }

  private void contact(String target, Resolver.Resolution resolution, Round round) {
    if (resolution.endpoints().isEmpty()) {
      round.failed(target + ": " + resolution.failure().orElse("no address found"));
      return;
    }
    List<Endpoint> others = new ArrayList<>(resolution.endpoints());
    if (others.remove(swim.self().endpoint()) && others.isEmpty()) {
      round.skipped();
      return;
    }
    Round each =
        new Round(
            others.size(),
            outcome -> {
              if (outcome.reached() > 0) {
                round.reached();
              } else {
                round.failed(target + ": " + String.join(", ", outcome.failures()));
              }
            });
    for (Endpoint endpoint : others) {
      swim.exchange(
          endpoint, true, failure -> failure.ifPresentOrElse(each::failed, each::reached));
    }
  }

  private static final class Round {
    private final Consumer<JoinOutcome> done;
    private final List<String> failures = new ArrayList<>();
    private int waiting;
    private int reached;

    Round(int waiting, Consumer<JoinOutcome> done) {
      this.waiting = waiting;
      this.done = done;
    }

    void reached() {
      reached++;
      finish();
    }

    /** The address is this node's own: neither good nor bad. */
    void skipped() {
      finish();
    }

    void failed(String why) {
      failures.add(why);
      finish();
    }

    private void finish() {
      if (--waiting == 0) {
        done.accept(new JoinOutcome(reached, failures));
      }
    }
  }
}
